"""Optimisation: worker processes parse and label items in advance, and one writes new pages in the background.

`prefetch.Prefetcher` and `background_writer.BackgroundWriter` are the two entry points. On two processors an import of
10,000 items takes about two thirds of the time of one process. No worker reads or writes anything that decides on an
item, and none outlives its import. Without this package an import reads and writes in one process: same pages, slower.
The switches are `parallel-reading` and `background-writer`.
"""
