"""Drafts: an item of a dump with its Markdown, seals and markers, and the new page made from it.

Public: `item.parse_item`, `item.draft_of`, `item.record_of_draft`, `page.new_page_of`, `page.text_of`. Everything here
is pure: no function reads existing pages or writes a file.
"""
