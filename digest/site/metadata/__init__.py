"""Metadata of pages: `<head>` (titles, canonical URLs, indexing), JSON-LD (schema.org), pictures and social cards.

Public functions: `head.item_head`, `head.list_head`, `head.page_head`, `jsonld.item_json`, `jsonld.list_json`,
`pictures.picture_of`, `social.entry_social_card`. The package never reads or draws a picture file.
"""
