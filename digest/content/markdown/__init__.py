"""Markdown bodies: HTML, first paragraph, images and word count (`body`), and wire text as Markdown (`escape`).

`commonmark` configures markdown-it-py and is imported only when a body needs the parser; `fast` renders most bodies
without it. Nothing here reads files or passes raw HTML through.
"""
