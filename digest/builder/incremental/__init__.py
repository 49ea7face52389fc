"""Finds out what a change affects: entries, then groups of cards, then pages.

`entries` and `entry_lookup` join items into entries, `affected.GroupUpdate` compares cards before and after,
`plan.Plan` computes which pages are stale by their keys, `deferred` postpones long pages. It never renders and never
writes into the output.
"""
