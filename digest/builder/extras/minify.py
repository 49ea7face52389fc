"""Pages without what browsers do not need, by minify-html, the extra `minify`."""


def minified(html: str) -> str:
    """The same page in fewer bytes: what HTML lets anyone leave out is kept, so that any parser reads it."""
    from minify_html import minify  # noqa: PLC0415 - few sites want it

    return minify(html, keep_closing_tags=True, keep_html_and_head_opening_tags=True, minify_css=False, minify_js=False)
