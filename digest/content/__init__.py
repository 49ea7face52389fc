"""Pages in `content/`: parse front matter and body, infer missing fields, serialize, rewrite and merge pages.

`page.parse_page` and `infer.item_of` turn a file into an item; `store.archive.Archive` holds all items of a site.
Nothing here knows dumps, stories or HTML pages, and only `store` and `atomic_write` touch the disk. Modules are
imported by name, so that a command loads only what it needs.
"""
