"""Checks of the output as a whole: links, anchors, orphan pages, translations, feeds, sitemaps.

`links.check_pages` reads every page once, in worker processes; `links.check_between_pages`, `feeds.check_feeds` and
`sitemaps.check_sitemaps` find the rest. The package reads files of the output only, and never a URL of another site.
"""
