"""Slugs of stories."""

import pytest

from digest.stories import story_slug_of
from digest.stories.text.slugs import unique_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ferry Moana sinks off Samoan reef", "ferry-moana-samoan-reef"),
        ("Chile's Atacama desert blooms after rain", "chile-atacama-desert-blooms"),
        ("Okonjo to resign", "okonjo-resign"),
        ("Talks", "talks"),
        ("", "story"),
        ("—", "story"),
        ("日本", "story"),
        ("Émeute à Bézier", "emeute-bezier"),
    ],
)
def test_story_slug(title: str, slug: str) -> None:
    assert story_slug_of(title) == slug


@pytest.mark.parametrize(
    "title", ["Six dead in 2026 ferry fire off Samoa", "Shares rise as talks on tariffs start Monday"]
)
def test_slug_omits_words_that_updates_change(title: str) -> None:
    assert not {"six", "2026", "rise", "on", "start", "monday"} & set(story_slug_of(title).split("-"))


def test_update_keeps_the_slug() -> None:
    assert story_slug_of("Ferry Moana sinks, 6 dead") == story_slug_of("Ferry Moana sinks, 9 dead")


def test_long_words_are_cut() -> None:
    assert len(story_slug_of("x" * 1_000 + " ferry")) < 60


def test_slug_is_safe_in_a_url() -> None:
    assert story_slug_of("../../etc <script> AT&T's 'A/B'").replace("-", "").isalnum()


def test_taken_slug_gets_a_number() -> None:
    assert unique_slug("moana", set()) == "moana"
    assert unique_slug("moana", {"moana"}) == "moana-2"
    assert unique_slug("moana", {"moana", "moana-2"}) == "moana-3"


def test_numbering_can_start_later() -> None:
    assert unique_slug("moana", {"moana"}, 7) == "moana-7"
    assert unique_slug("moana", {"moana", "moana-7"}, 7) == "moana-8"
