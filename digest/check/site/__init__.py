"""Checks of a whole output: pages in parallel (`page_checks`), links between pages, feeds, sitemaps.

`output` is the only module that reads files. Checks yield findings and change nothing.
"""
