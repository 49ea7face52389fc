"""The site: entries become cards, cards are collected in groups, and groups become the views of pages.

Start with `kinds` (one module a page kind), `site_entry.site_entry_of`, `visibility.visibility_of` and
`entries.group_versions`. The package is pure: it never opens a file, never reads the clock, never renders a template.
"""
