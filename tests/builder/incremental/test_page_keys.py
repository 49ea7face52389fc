"""Two pages have the same key exactly when template and view are the same."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from digest.builder.incremental.page_keys import key_material, page_key
from digest.site.views import ItemView, View
from tests.theme import samples

TEMPLATE = b"a digest of 16 b"


def _others(value: Any) -> Iterator[Any]:
    """Yield copies of a JSON value, each with one string, number or boolean changed."""
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
    """Yield views that differ from `view` in one value."""
    for other in _others(msgspec.to_builtins(view)):
        try:
            yield msgspec.convert(other, View)
        except msgspec.ValidationError:  # an invalid date, or another type of view
            continue


@pytest.mark.parametrize("name", samples.sample_views())
def test_every_value_of_a_view_is_in_the_key(name: str) -> None:
    view = samples.sample_views()[name]
    material = key_material(view)
    key = page_key(TEMPLATE, material)
    assert key == page_key(TEMPLATE, key_material(msgspec.convert(msgspec.to_builtins(view), type(view))))
    assert key != page_key(b"another template", material)
    for other in _changed(view):
        assert (page_key(TEMPLATE, key_material(other)) == key) == (other == view), other


def test_the_same_moment_in_another_zone_has_another_key() -> None:
    view = samples.sample_views()["item.html"]
    assert isinstance(view, ItemView)
    at = datetime(2026, 3, 12, 8, 5, tzinfo=UTC)
    moved = msgspec.structs.replace(view, card=msgspec.structs.replace(view.card, at=at))
    assert moved == view, "the same moment"
    assert key_material(moved) != key_material(view)
