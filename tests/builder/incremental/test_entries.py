"""Kin taken in bit by bit is kin joined anew, and no root that changed is missed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.builder.incremental.entries import EntryIndex
from digest.content.store.archive import Row

_IDS = ("a", "b", "c", "d")


def _row(path: str, name: str, version_of: str = "", digest: str = "1") -> Row:
    return Row(path=path, digest=digest, id=name, version_of=version_of, story="")


def test_a_page_that_was_edited_is_its_own_suspect_alone() -> None:
    kin = EntryIndex([_row("a.md", "a"), _row("b.md", "b")])
    assert kin.update({"a.md": _row("a.md", "a", digest="2")}) == {"a"}


def test_a_version_makes_its_root_a_suspect() -> None:
    kin = EntryIndex([_row("a.md", "a"), _row("b.md", "b", "a")])
    before = kin.digests(["a"], {})
    assert "a" in kin.update({"b.md": _row("b.md", "b", "a", digest="2")})
    assert kin.digests(["a"], {}) != before


def test_a_version_whose_words_alone_changed_joins_nothing_anew() -> None:
    kin = EntryIndex([_row("a.md", "a"), _row("b.md", "b", "a"), _row("c.md", "c", "nobody")])
    families = kin.paths_by_root
    assert kin.update({"b.md": _row("b.md", "b", "a", digest="2")}) == {"a"}
    assert kin.update({"a.md": _row("a.md", "a", digest="2"), "c.md": _row("c.md", "c", "nobody", "2")}) == {"a", "c"}
    assert kin.paths_by_root is families


def test_a_page_that_moved_keeps_its_root() -> None:
    kin = EntryIndex([_row("a.md", "a")])
    assert kin.update({"a.md": None, "x/a.md": _row("x/a.md", "a")}) == {"a"}
    assert kin.paths_by_root == {"a": ("x/a.md",)}


def test_a_mark_changes_what_an_entry_says() -> None:
    kin = EntryIndex([_row("a.md", "a")])
    assert kin.digests(["a", "gone"], {}).keys() == {"a"}
    assert kin.digests(["a"], {"a.md": "another picture"}) != kin.digests(["a"], {})


_ROWS = st.dictionaries(
    st.sampled_from(_IDS), st.tuples(st.sampled_from(("", "", *_IDS)), st.sampled_from("12")), max_size=4
).map(lambda d: {f"{n}.md": _row(f"{n}.md", n, "" if v == n else v, digest) for n, (v, digest) in d.items()})


@settings(deadline=None)
@given(st.lists(_ROWS, min_size=1, max_size=5))
def test_what_is_taken_in_bit_by_bit_is_what_is_joined_at_once(states: list[dict[str, Row]]) -> None:
    before = states[0]
    kin = EntryIndex(before.values())
    for after in states[1:]:
        then = {root: (paths, kin.digests([root], {})) for root, paths in kin.paths_by_root.items()}
        differ = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        suspects = kin.update({path: after.get(path) for path in differ})
        clean = EntryIndex(after.values())
        assert (kin.paths_by_root, set(kin.issues)) == (clean.paths_by_root, set(clean.issues))
        now = {root: (paths, kin.digests([root], {})) for root, paths in kin.paths_by_root.items()}
        assert {root for root in then.keys() | now.keys() if then.get(root) != now.get(root)} <= suspects
        before = after
