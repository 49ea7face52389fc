"""The difference between what groups held and what they hold."""

from digest.builder.state.cards import AffectedGroups
from digest.builder.state.encoded_cards import PlacedCard


def test_equal_cards_touch_nothing() -> None:
    touched = AffectedGroups()
    cards = [PlacedCard("front", "2", b"a"), PlacedCard("list/region/africa", "2", b"a")]
    assert not touched.compare("n1", cards, cards[::-1])
    assert not touched.keys


def test_what_came_went_and_changed_is_touched() -> None:
    touched = AffectedGroups()
    old = [PlacedCard("stays", "1", b"a"), PlacedCard("went", "1", b"a"), PlacedCard("changed", "1", b"a")]
    new = [PlacedCard("stays", "1", b"a"), PlacedCard("came", "1", b"a"), PlacedCard("changed", "1", b"b")]
    assert touched.compare("n1", old, new)
    assert touched.keys == {"went": ["n1"], "came": ["n1"], "changed": ["n1"]}
    assert touched.before == {"went": [b"a"], "changed": [b"a"]}


def test_another_place_in_the_order_is_a_change() -> None:
    touched = AffectedGroups()
    assert touched.compare("n1", [PlacedCard("front", "1", b"a")], [PlacedCard("front", "2", b"a")])
