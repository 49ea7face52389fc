"""A picture as HTML: in every format and width that it has, of a size that is known before it is loaded.

`<picture>` and `srcset`: HTML, 4.8.1 and 4.8.4. A picture in a body stands alone in its paragraph, mostly: then its
title is a caption.
"""

import re
from collections.abc import Callable, Sequence
from html import escape as escape_html
from typing import Protocol

from markupsafe import Markup, escape

BODY_SIZES = "auto, (min-width: 46rem) 44rem, 100vw"

# As our own renderer writes them: no `>` stands in an attribute.
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"(?: title="([^"]*)")?[^>]*>')
_ALONE = re.compile(rf"<p>({_IMAGE.pattern})</p>")
_EMPTY = re.compile(r"<p>\s*</p>\n?")


class PictureFileLike(Protocol):
    """A picture in one width."""

    @property
    def url(self) -> str: ...
    @property
    def width(self) -> int: ...


class PictureSourceLike(Protocol):
    """A picture in one format."""

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
    """A picture in a body, by the address in its HTML."""

    @property
    def src(self) -> str: ...
    @property
    def picture(self) -> PictureLike | None: ...


UrlFilter = Callable[[str], str]


def picture_filter(url_filter: UrlFilter) -> Callable[..., Markup]:
    """The filter `picture`; `address` is the filter `url`."""

    def picture(image: PictureLike | None, sizes: str = "100vw", lead: bool = False) -> Markup:
        """The picture, or nothing. `lead`: it is seen at once, so it is fetched at once."""
        if image is None:
            return Markup("")
        loading = ' fetchpriority="high"' if lead else ' loading="lazy"'
        return Markup(_picture(image, str(escape(image.alt)), sizes, loading, url_filter))  # noqa: S704 - made of escaped values

    return picture


def _picture(image: PictureLike, alt: str, sizes: str, more: str, address: UrlFilter) -> str:
    """`alt` is escaped already."""
    inside = f' sizes="{escape(sizes)}"'
    size = f' width="{image.width}" height="{image.height}"' if image.width else ""
    several = f' srcset="{_srcset(image.files, address)}"{inside}' if len(image.files) > 1 else ""
    img = f'<img src="{escape(address(image.url))}"{several}{size} alt="{alt}"{more} decoding="async">'
    sources = "".join(f'<source type="{s.type}" srcset="{_srcset(s.files, address)}"{inside}>' for s in image.sources)
    return f"<picture>{sources}{img}</picture>" if sources else img


def _srcset(files: Sequence[PictureFileLike], address: UrlFilter) -> str:
    return ", ".join(f"{escape(address(f.url))} {f.width}w" for f in files)


def _written(address: str) -> str:
    """An address as markdown-it writes it into an attribute."""
    return escape_html(address, quote=False).replace('"', "&quot;")


def expand_pictures(html: str, pictures: Sequence[BodyPictureLike], url_filter: UrlFilter, *, for_feed: bool) -> str:
    """The HTML of a body with its pictures; those that cannot be shown are taken out.

    `plain`, for feeds: one address for each, which any reader understands.
    """
    known = {_written(url_filter(p.src)): p.picture for p in pictures}

    def drawn(src: str, alt: str, title: str | None) -> str | None:
        image = known.get(src)
        if image is None:
            return "" if src in known else None
        if for_feed:
            size = f'width="{image.width}" height="{image.height}"'
            return f'<img src="{escape(url_filter(image.url))}" {size} alt="{alt}">'
        named = f' title="{title}"' if title else ""
        return _picture(image, alt, BODY_SIZES, f'{named} loading="lazy"', url_filter)

    def one(match: re.Match[str]) -> str:
        text = drawn(*match.groups())
        return match[0] if text is None else text

    def alone(match: re.Match[str]) -> str:
        _, src, alt, title = match.groups()
        text = drawn(src, alt, None)
        if not text or for_feed or not title:
            return match[0]
        return f"<figure>{text}<figcaption>{title}</figcaption></figure>"

    return _EMPTY.sub("", _IMAGE.sub(one, _ALONE.sub(alone, html)))
