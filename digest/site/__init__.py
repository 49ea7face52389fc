"""Site model: entries, groups, cards, page kinds and views.

`kinds/` has one module for each kind of page, `metadata/` the data in page heads, `visibility` the only use of `now`. All
of it is pure: it never opens a file and never reads the clock.
"""
