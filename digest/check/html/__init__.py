"""Checks of one HTML page: well-formed markup, headings, images, language, structured data.

`page.Page` parses a page once; each check is a function from a page to findings. No check looks at another page.
"""
