"""Checks of single HTML pages: well-formedness, headings, images, language, JSON-LD.

`page.HtmlPage` gathers everything that the checks need in one pass; each other module is one check. The package never
reads a file. It has a tokenizer of its own because no library is as fast and gives the place of an unclosed element
(docs/decisions/0014-html-checks.md).
"""
