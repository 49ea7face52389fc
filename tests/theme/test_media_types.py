"""Media types by file name."""

import pytest

from digest.theme.media_types import DEFAULT_TYPE, TYPES, media_type


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("2026/03/09/a.b/INDEX.HTML", "text/html; charset=utf-8"),
        ("feed.xml", "application/atom+xml"),
        ("region/africa/feed.xml", "application/atom+xml"),
        ("rss.xml", "application/rss+xml"),
        ("feed.json", "application/feed+json"),
        ("digest-manifest.json", "application/json"),
        ("sitemap.xml", "application/xml"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("assets/style.1f3a9c02.css", "text/css; charset=utf-8"),
        ("site.webmanifest", "application/manifest+json"),
        ("CNAME", DEFAULT_TYPE),
        ("archive.tar.xz", DEFAULT_TYPE),
    ],
)
def test_the_suffix_gives_the_type(path: str, kind: str) -> None:
    assert media_type(path) == kind


def test_the_table_is_sorted_and_text_types_name_a_charset() -> None:
    assert list(TYPES) == sorted(TYPES)
    assert all("charset" in kind for kind in TYPES.values() if kind.startswith("text/"))
    assert all(ending == ending.lower() for ending in TYPES)
