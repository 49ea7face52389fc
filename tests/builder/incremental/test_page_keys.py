"""Two pages have the same mark exactly when they look the same and show the same."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from digest.builder.incremental.page_keys import Teller, page_key
from digest.site.views import ItemView, View
from tests.theme import samples

LOOK = b"a digest of 16 b"


def _others(value: Any) -> Iterator[Any]:
    """A JSON value with one text, number or truth in it another one, each in turn."""
    if isinstance(value, dict | list):
        for place, part in value.items() if isinstance(value, dict) else enumerate(value):
            for other in _others(part):
                changed = value.copy()
                changed[place] = other
                yield changed
        yield [*value, value[-1]] if isinstance(value, list) and value else value
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield value + "x"


def _changed(view: View) -> Iterator[View]:
    """Views that differ from one in one thing."""
    for other in _others(msgspec.to_builtins(view)):
        try:
            yield msgspec.convert(other, View)
        except msgspec.ValidationError:  # no such day, or no such kind of view
            continue


@pytest.mark.parametrize("name", samples.sample_views())
def test_whatever_a_page_shows_is_in_its_mark(name: str) -> None:
    view = samples.sample_views()[name]
    teller = Teller(9)
    told = teller.told(view)
    mark = page_key(LOOK, told)
    assert mark == page_key(LOOK, Teller(9).told(msgspec.convert(msgspec.to_builtins(view), type(view))))
    assert mark != page_key(b"another look, 16", told)
    for other in _changed(view):
        assert (page_key(LOOK, teller.told(other)) == mark) == (other == view), other


def test_a_moment_told_in_another_zone_is_another_for_the_next_build() -> None:
    view = samples.sample_views()["item.html"]
    assert isinstance(view, ItemView)
    at = datetime(2026, 3, 12, 8, 5, tzinfo=UTC)
    moved = msgspec.structs.replace(view, card=msgspec.structs.replace(view.card, at=at))
    assert moved == view, "the same moment"
    assert Teller(9).told(moved) != Teller(9).told(view)
