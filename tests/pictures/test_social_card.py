"""Social cards: every headline fits, and equal texts give equal bytes."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from digest.pictures.social_card import HEIGHT, WIDTH, CardStyle, CardText, can_render, draw_card, is_font

LOOK = CardStyle("#fffefb", "#1a1713", "#8f1a12")


def drawn(title: str, kicker: str = "Conflict", paper: str = "The Test Post") -> Image.Image:
    return Image.open(BytesIO(draw_card(CardText(title, kicker, paper), LOOK))).convert("RGB")


def ink_in(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Return True if there are dark pixels in a box."""
    return bool(image.crop(box).convert("L").getextrema()[0] < 100)  # type: ignore[operator] # one band: two numbers


@pytest.mark.parametrize("title", ["War", "A ferry leaves", "Very long " * 60, "w" * 300, "Příliš žluťoučký"])
def test_every_headline_fits_on_the_card(title: str) -> None:
    image = drawn(title)
    assert image.size == (WIDTH, HEIGHT)
    assert ink_in(image, (80, 170, WIDTH - 80, HEIGHT - 130)), "there is a headline"
    for edge in ((0, 20, 70, HEIGHT), (WIDTH - 70, 20, WIDTH, HEIGHT), (0, HEIGHT - 108, WIDTH, HEIGHT - 84)):
        assert not ink_in(image, edge), "nothing stands on the edge"


@settings(max_examples=15, deadline=None)
@given(title=st.text(st.characters(max_codepoint=0x17F, exclude_categories=["C", "Z"]) | st.just(" "), max_size=200))
def test_any_text_can_be_drawn(title: str) -> None:
    assert drawn(title, title, title).size == (WIDTH, HEIGHT)


def test_equal_texts_give_equal_bytes() -> None:
    words = CardText("Ferry service resumes", "Society", "The Test Post")
    assert draw_card(words, LOOK) == draw_card(words, LOOK)
    assert draw_card(words, LOOK) != draw_card(words, CardStyle("#ffffff", "#000000", "#8f1a12"))


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("Straße, œuvre, año, İzmir, Łódź – “quoted” €5…", True),
        ("Ελλάδα", True),
        ("Привет", True),
        ("مرحبا", False),
        ("שלום", False),
        ("新闻", False),
        ("A word and 新", False),
    ],
)
def test_can_render_checks_characters_and_shaping(text: str, can: bool) -> None:
    assert can_render(text, "") is can


def test_is_font(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"no font")
    assert not is_font(str(tmp_path / "a.ttf"))
    assert not is_font(str(tmp_path / "b.ttf"))
