"""HTML minification with minify-html, the extra `minify`."""


def minified(html: str) -> str:
    """Return the page with fewer bytes. Optional tags stay, so that simple parsers can read it."""
    from minify_html import minify  # noqa: PLC0415 - few sites want it

    return minify(html, keep_closing_tags=True, keep_html_and_head_opening_tags=True, minify_css=False, minify_js=False)
