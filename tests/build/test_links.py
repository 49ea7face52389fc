"""Links that lead nowhere are found, with the place where they stand."""

from pathlib import Path

import pytest

from digest.build.links import broken_links
from tests.newsroom import CONFIG, Newsroom

BASE = "https://post.example/news/"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path, CONFIG.replace("https://post.example/", BASE))
    room.item("x", body="Body.")
    return room


def test_a_built_site_has_none(room: Newsroom) -> None:
    room.build()
    assert broken_links(room.output, BASE) == ()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("[a](/nowhere/)", "`/news/nowhere/` leads to no page of the site"),
        ("[a](../../12/headline-x/)", ""),
        ("[a](../gone/)", "`../gone/` leads to no page"),
        ("[a](/2026/03/12/headline-x/#main)", ""),
        (
            "[a](/2026/03/12/headline-x/#nothing)",
            "leads to a place that 2026/03/12/headline-x/index.html does",
        ),
        ("[a](https://post.example/news/gone/)", "leads to no page"),
        ("[a](https://post.example/outside/)", ""),
        ("[a](../../../../../outside/)", "leads to no page"),
        ("[a](https://elsewhere.example/gone/)", ""),
        ("![a](/picture.png)", "`/news/picture.png` leads to no page"),
        ("[a](mailto:desk@post.example)", ""),
    ],
)
def test_links_in_a_body(room: Newsroom, body: str, found: str) -> None:
    room.item("y", body=f"Words.\n\n{body}")
    room.build()
    issues = broken_links(room.output, BASE)
    said = [i.message for i in issues if "headline-y" in i.place.file]
    assert [found in message for message in said] == ([True] if found else [])
    assert all(i.place.line and i.place.column for i in issues)


def test_without_a_manifest_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    assert broken_links(tmp_path, BASE) == ()
