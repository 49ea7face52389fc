"""Metadata of pages: `head` (titles, canonical URLs, robots rules), `jsonld` (schema.org), `social` cards, `pictures`.

All functions are pure: cards and context in, values for views out. They never read a file.
"""
