"""Which entries a text may say again, when the wire says that it does."""

from datetime import date

from digest.model import KnownItem
from digest.stories import Contradiction, Threader


def _known(name: str, title: str, root: str = "") -> KnownItem:
    return KnownItem(
        id=name, title=title, day=date(2026, 3, 10), seen="2026-03-10", story=f"s-{name}", root=root or name
    )


def _index(*known: KnownItem) -> Threader:
    index = Threader()
    for one in known:
        index.add(one)
    return index


def test_entries_are_ordered_by_similarity_and_unique() -> None:
    index = _index(
        _known("a", "Ferry sinks off Palawan, 3 dead"),
        _known("b", "Ferry sinks off Palawan, 9 dead", "a"),
        _known("c", "Ferry off Palawan towed to harbour after sinking"),
        _known("d", "Dengue cases rise in Colombo"),
    )
    found = index.likely_entries(_known("x", "Ferry sinks off Palawan, 12 dead"))
    assert found[0].root_id == "a"
    assert len({one.root_id for one in found}) == len(found)
    assert "d" not in [one.root_id for one in found]


def test_contradiction_is_reported_and_does_not_exclude() -> None:
    index = _index(_known("a", "Palawan ferry company wins licence appeal in Manila court"))
    (found,) = index.likely_entries(_known("x", "Palawan ferry company loses licence appeal in Manila court"))
    assert (found.root_id, found.contradiction) == ("a", Contradiction.OPPOSITE)


def test_no_likely_entry() -> None:
    assert (
        _index(_known("a", "Dengue cases rise in Colombo")).likely_entries(_known("x", "Ferry sinks off Palawan")) == []
    )
