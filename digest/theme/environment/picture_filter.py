"""The filter `picture`: responsive images as HTML, with every format and width, and with the size in pixels.

For `<picture>` and `srcset` see the HTML standard, 4.8.1 and 4.8.4. A picture that stands alone in a paragraph of a
body becomes a figure; its title is the caption.
"""

import re
from collections.abc import Callable, Sequence
from html import escape as escape_html
from typing import Protocol

from markupsafe import Markup, escape

BODY_SIZES = "auto, (min-width: 46rem) 44rem, 100vw"

# Images as the project's Markdown renderer writes them: no `>` in an attribute.
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"(?: title="([^"]*)")?[^>]*>')
_IMAGE_PARAGRAPH = re.compile(rf"<p>({_IMAGE.pattern})</p>")
_EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>\n?")


class PictureFileLike(Protocol):
    """A picture file of one width."""

    @property
    def url(self) -> str: ...
    @property
    def width(self) -> int: ...


class PictureSourceLike(Protocol):
    """The files of a picture in one format."""

    @property
    def type(self) -> str: ...
    @property
    def files(self) -> Sequence[PictureFileLike]: ...


class PictureLike(Protocol):
    """A picture in all its formats."""

    @property
    def url(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def alt(self) -> str: ...
    @property
    def sources(self) -> Sequence[PictureSourceLike]: ...
    @property
    def files(self) -> Sequence[PictureFileLike]: ...


class BodyPictureLike(Protocol):
    """A picture in a body. `src` is the address in the HTML of the body; `picture` is None if it cannot be shown."""

    @property
    def src(self) -> str: ...
    @property
    def picture(self) -> PictureLike | None: ...


UrlFilter = Callable[[str], str]


def picture_filter(url_filter: UrlFilter) -> Callable[..., Markup]:
    """Return the filter `picture`. `url_filter` is the filter `url`."""

    def picture(image: PictureLike | None, sizes: str = "100vw", lead: bool = False) -> Markup:
        """Return a picture as HTML; empty for None. With `lead`, the browser loads it at once, else when it is near."""
        if image is None:
            return Markup("")
        loading = ' fetchpriority="high"' if lead else ' loading="lazy"'
        return Markup(_picture_html(image, str(escape(image.alt)), sizes, loading, url_filter))  # noqa: S704 - made of escaped values

    return picture


def _picture_html(image: PictureLike, alt: str, sizes: str, attributes: str, url: UrlFilter) -> str:
    """Return the HTML of a picture. `alt` and `attributes` must be escaped."""
    sizes_attribute = f' sizes="{escape(sizes)}"'
    size = f' width="{image.width}" height="{image.height}"' if image.width else ""
    srcset = f' srcset="{_srcset(image.files, url)}"{sizes_attribute}' if len(image.files) > 1 else ""
    img = f'<img src="{escape(url(image.url))}"{srcset}{size} alt="{alt}"{attributes} decoding="async">'
    sources = "".join(
        f'<source type="{s.type}" srcset="{_srcset(s.files, url)}"{sizes_attribute}>' for s in image.sources
    )
    return f"<picture>{sources}{img}</picture>" if sources else img


def _srcset(files: Sequence[PictureFileLike], url: UrlFilter) -> str:
    return ", ".join(f"{escape(url(f.url))} {f.width}w" for f in files)


def _attribute_value(address: str) -> str:
    """Escape an address as markdown-it does in an attribute."""
    return escape_html(address, quote=False).replace('"', "&quot;")


def expand_pictures(html: str, pictures: Sequence[BodyPictureLike], url_filter: UrlFilter, *, for_feed: bool) -> str:
    """Replace the images in the HTML of a body by responsive pictures, and remove those that cannot be shown.

    `for_feed` writes a plain `<img>` with one address, which every feed reader understands.
    """
    by_src = {_attribute_value(url_filter(p.src)): p.picture for p in pictures}

    def replacement(src: str, alt: str, title: str | None) -> str | None:
        image = by_src.get(src)
        if image is None:
            return "" if src in by_src else None
        if for_feed:
            size = f'width="{image.width}" height="{image.height}"'
            return f'<img src="{escape(url_filter(image.url))}" {size} alt="{alt}">'
        title_attribute = f' title="{title}"' if title else ""
        return _picture_html(image, alt, BODY_SIZES, f'{title_attribute} loading="lazy"', url_filter)

    def in_text(match: re.Match[str]) -> str:
        html = replacement(*match.groups())
        return match[0] if html is None else html

    def in_paragraph(match: re.Match[str]) -> str:
        _, src, alt, title = match.groups()
        html = replacement(src, alt, None)
        if not html or for_feed or not title:
            return match[0]
        return f"<figure>{html}<figcaption>{title}</figcaption></figure>"

    return _EMPTY_PARAGRAPH.sub("", _IMAGE.sub(in_text, _IMAGE_PARAGRAPH.sub(in_paragraph, html)))
