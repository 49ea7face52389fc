"""Titles as an index files them."""

import pytest

from digest.model import Thread
from digest.stories import Threader, prepare_title
from digest.stories.prepared import decode_features
from digest.stories.text.features import features_of

from .newsdesk import DAY, known

TITLES = [
    "Ferry Moana sinks off Samoa, 6 dead",
    "Dockers in Antwerp to begin three-day walkout",
    "Envoy Okonjo's ferry contract goes to Samoan court",
    "",
]


@pytest.mark.parametrize("title", TITLES)
def test_prepared_title_round_trip(title: str) -> None:
    kept = prepare_title(title)
    assert kept.terms == tuple(features_of(title).terms)
    assert decode_features(kept.features) == features_of(title)


def threads(*, kept: bool) -> list[Thread]:
    index = Threader()
    for n, title in enumerate(TITLES):
        index.add(known(title, day=DAY, name=f"n{n}", story=f"s{n}"), prepare_title(title) if kept else None)
    new = ("Ferry Moana sinks off Samoa, 9 dead", *TITLES)
    return [index.thread(known(title, name="new"), prepare_title(title) if kept else None) for title in new]


def test_prepared_titles_give_the_same_threads() -> None:
    assert threads(kept=True) == threads(kept=False)
    assert threads(kept=True)[0].story == "s0"


def test_removed_item_is_not_found() -> None:
    index = Threader()
    index.add(known(TITLES[0], name="a", story="s"))
    index.remove("a")
    index.remove("never there")
    assert index.thread(known(TITLES[0], name="b")).entry_id == ""
    index.add(known(TITLES[1], name="a", story="s"))
    assert index.thread(known(TITLES[1], name="b")).entry_id == "a"


def test_removed_version_leaves_its_entry() -> None:
    index = Threader()
    index.add(known("Harbour talks on in Doha, mediators say", name="a", story="s"))
    index.add(known("Harbour talks off in Doha, mediators say", name="b", story="s", root="a"))
    index.remove("b")
    assert index.thread(known("Harbour talks on in Doha, the mediators say", name="c")).entry_id == "a"
