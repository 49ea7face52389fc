"""Items become entries by their ids alone."""

from hypothesis import given
from hypothesis import strategies as st

from digest.site.entries import entry_of, group_versions
from tests.site.values import item


def test_a_version_joins_its_root_whatever_the_order() -> None:
    items = [item("b", version_of="na"), item("a"), item("c", version_of="nb"), item("d")]
    for order in (items, items[::-1]):
        families, issues = group_versions(order)
        assert {root: set(paths) for root, paths in families.items()} == {
            "na": {"a.md", "b.md", "c.md"},
            "nd": {"d.md"},
        }
        assert families["na"][0] == "a.md"
        assert issues == ()


def test_a_version_of_nobody_stands_alone_and_is_an_issue() -> None:
    families, issues = group_versions([item("a", version_of="nowhere")])
    assert families == {"na": ("a.md",)}
    assert [i.code for i in issues] == ["version-dangling"]
    assert "nowhere" in issues[0].message


def test_a_ring_of_versions_is_an_issue_and_nobody_is_lost() -> None:
    families, issues = group_versions(
        [item("a", version_of="nb"), item("b", version_of="na"), item("c", version_of="nc")]
    )
    assert sorted(p for paths in families.values() for p in paths) == ["a.md", "b.md", "c.md"]
    assert {i.code for i in issues} == {"version-cycle"}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-1, 9)), unique_by=lambda pair: pair[0]))
def test_every_item_is_in_exactly_one_entry(links: list[tuple[int, int]]) -> None:
    items = [item(str(n), version_of=f"n{of}" if of >= 0 else "") for n, of in links]
    families, _ = group_versions(items)
    assert sorted(p for paths in families.values() for p in paths) == sorted(i.path for i in items)


def test_an_entry_shows_its_newest_version_under_the_roots_id() -> None:
    first, second = item("a"), item("b", title="Newer words", origin=None)
    found = entry_of("na", [second, first])
    assert (found.root.id, found.latest.title) == ("na", "Newer words")
    assert [v.id for v in found.versions] == ["na", "nb"]
