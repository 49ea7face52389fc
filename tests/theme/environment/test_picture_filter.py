"""Pictures as HTML: they have a size, texts are escaped, and missing pictures are removed."""

from pathlib import Path

import pytest

from digest.content.markdown.body import html_of
from digest.site.cards import BodyPicture, Picture
from digest.site.views import Body
from digest.theme.environment.picture_filter import expand_pictures, picture_filter
from tests.theme import samples
from tests.theme.sites import drawn

FERRY = samples.picture()


def under(path: str) -> str:
    return "/news" + path if path.startswith("/") else path


def body(markdown: str, *pictures: BodyPicture, plain: bool = False) -> str:
    return expand_pictures(html_of(markdown), pictures, lambda path: path, for_feed=plain)


def test_a_picture_has_formats_widths_and_size() -> None:
    html = str(picture_filter(under)(FERRY, "50vw"))
    assert html == (
        '<picture><source type="image/webp" srcset="/news/pictures/ferry.1a2b-480.webp 480w, '
        '/news/pictures/ferry.1a2b-960.webp 960w" sizes="50vw">'
        '<img src="/news/pictures/ferry.1a2b-960.jpg" srcset="/news/pictures/ferry.1a2b-480.jpg 480w, '
        '/news/pictures/ferry.1a2b-960.jpg 960w" sizes="50vw" width="960" height="640" '
        'alt="A ferry in a grey harbour" loading="lazy" decoding="async"></picture>'
    )


def test_a_lead_picture_has_high_priority_and_none_is_empty() -> None:
    html = str(picture_filter(under)(FERRY, lead=True))
    assert "lazy" not in html
    assert 'fetchpriority="high"' in html
    assert picture_filter(under)(None) == ""


def test_an_external_picture_has_no_size() -> None:
    html = str(picture_filter(under)(Picture(url="https://far.example/a.jpg?x=1&y", width=0, height=0)))
    assert html == '<img src="https://far.example/a.jpg?x=1&amp;y" alt="" loading="lazy" decoding="async">'


def test_texts_of_pictures_are_escaped() -> None:
    html = str(picture_filter(under)(samples.picture("hostile"), '"><script>'))
    assert "<script" not in html


@pytest.mark.parametrize("src", ["a.jpg", "/a%20b.jpg", "it's.jpg", "a&b.jpg", "a.jpg?x=1"])
def test_a_picture_in_a_body_is_matched_by_its_address(src: str) -> None:
    html = body(f"Words ![A *wet* street]({src}) more.", BodyPicture(src=src, picture=FERRY))
    assert 'width="960" height="640" alt="A wet street" loading="lazy"' in html
    assert src not in html


def test_a_picture_with_a_title_in_its_own_paragraph_gets_a_caption() -> None:
    html = body('![Wet](a.jpg "A wet <street>")', BodyPicture(src="a.jpg", picture=FERRY))
    assert html.startswith("<figure><picture>")
    assert "<figcaption>A wet &lt;street&gt;</figcaption></figure>" in html
    assert "title=" not in html
    assert "<p>" not in html


def test_missing_pictures_are_removed_and_external_ones_stay() -> None:
    assert body("One.\n\n![Wet](a.jpg)\n\nTwo.", BodyPicture(src="a.jpg", picture=None)) == "<p>One.</p>\n<p>Two.</p>\n"
    far = body("![Far](https://far.example/a.jpg)", BodyPicture(src="a.jpg", picture=None))
    assert 'src="https://far.example/a.jpg"' in far


def test_pictures_in_feeds_have_one_absolute_address(tmp_path: Path) -> None:
    reference = Body(path="x", digest="d", pictures=(BodyPicture(src="/a.jpg", picture=FERRY),))
    html = body("![Wet](/a.jpg)", *reference.pictures, plain=True)
    assert html == '<p><img src="/pictures/ferry.1a2b-960.jpg" width="960" height="640" alt="Wet"></p>\n'
    page = drawn(tmp_path, "{{ page.card.image|picture }}", "item.html")
    assert "/news/pictures/ferry.1a2b-960.jpg" in page
