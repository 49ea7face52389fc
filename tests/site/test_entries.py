"""Grouping of items into entries by id."""

from hypothesis import given
from hypothesis import strategies as st

from digest.site.entries import entry_of, group_versions
from tests.site.values import item


def test_a_version_joins_its_root_whatever_the_order() -> None:
    items = [item("b", version_of="na"), item("a"), item("c", version_of="nb"), item("d")]
    for order in (items, items[::-1]):
        paths_by_root, issues = group_versions(order)
        assert {root: set(paths) for root, paths in paths_by_root.items()} == {
            "na": {"a.md", "b.md", "c.md"},
            "nd": {"d.md"},
        }
        assert paths_by_root["na"][0] == "a.md"
        assert issues == ()


def test_a_version_of_an_unknown_id_is_an_entry_with_an_issue() -> None:
    paths_by_root, issues = group_versions([item("a", version_of="nowhere")])
    assert paths_by_root == {"na": ("a.md",)}
    assert [i.code for i in issues] == ["version-dangling"]
    assert "nowhere" in issues[0].message


def test_a_cycle_of_versions_is_an_issue_and_loses_no_item() -> None:
    paths_by_root, issues = group_versions(
        [item("a", version_of="nb"), item("b", version_of="na"), item("c", version_of="nc")]
    )
    assert sorted(p for paths in paths_by_root.values() for p in paths) == ["a.md", "b.md", "c.md"]
    assert {i.code for i in issues} == {"version-cycle"}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-1, 9)), unique_by=lambda pair: pair[0]))
def test_every_item_is_in_exactly_one_entry(links: list[tuple[int, int]]) -> None:
    items = [item(str(n), version_of=f"n{of}" if of >= 0 else "") for n, of in links]
    paths_by_root, _ = group_versions(items)
    assert sorted(p for paths in paths_by_root.values() for p in paths) == sorted(i.path for i in items)


def test_an_entry_shows_its_newest_version_under_the_roots_id() -> None:
    first, second = item("a"), item("b", title="Newer words", origin=None)
    found = entry_of("na", [second, first])
    assert (found.root.id, found.latest.title) == ("na", "Newer words")
    assert [v.id for v in found.versions] == ["na", "nb"]
