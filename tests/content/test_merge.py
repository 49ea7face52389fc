"""Three-way merge: edits stay, unedited text follows the wire, and changes of both are conflicts."""

from hypothesis import example, given
from hypothesis import strategies as st

from digest.content.merge import MergeConflict, merge_body, merge_fields
from digest.content.seals import paragraph_seals, seal_of, seals_of

OLD = {"title": "Ferry sinks", "regions": ("world",)}


def test_unedited_fields_take_the_wires_text() -> None:
    merged = merge_fields(OLD, {"title": "Ferry sinks, 3 dead"}, seals_of(OLD))
    assert merged.changes == {"title": "Ferry sinks, 3 dead"}
    assert merged.seals == {"title": seal_of("Ferry sinks, 3 dead"), "regions": seal_of(["world"])}
    assert not merged.conflicts


def test_an_edited_field_stays_if_the_wire_is_unchanged() -> None:
    ours = {**OLD, "title": "A ferry sinks"}
    merged = merge_fields(ours, OLD, seals_of(OLD))
    assert merged.changes == {}
    assert merged.seals == seals_of(OLD)
    assert not merged.conflicts


def test_an_edited_field_and_a_new_wire_text_conflict_until_resolved() -> None:
    ours, theirs = {**OLD, "title": "A ferry sinks"}, {**OLD, "title": "Ferry sinks, 3 dead"}
    merged = merge_fields(ours, theirs, seals_of(OLD))
    assert merged.changes == {}
    assert merged.conflicts == (MergeConflict(field="title", ours="A ferry sinks", theirs="Ferry sinks, 3 dead"),)
    assert merge_fields(ours, theirs, merged.seals) == merged


def test_a_side_resolves_the_conflict() -> None:
    ours, theirs = {**OLD, "title": "A ferry sinks"}, {**OLD, "title": "Ferry sinks, 3 dead"}
    wire = merge_fields(ours, theirs, seals_of(OLD), "wire")
    assert wire.changes == {"title": "Ferry sinks, 3 dead"}
    mine = merge_fields(ours, theirs, seals_of(OLD), "ours")
    assert mine.changes == {}
    assert mine.seals == wire.seals == seals_of(theirs)
    assert not merge_fields(ours, theirs, mine.seals).conflicts
    assert not merge_fields(ours, theirs, mine.seals).changes


def test_equal_changes_do_not_conflict() -> None:
    both = {**OLD, "title": "Ferry sinks, 3 dead"}
    merged = merge_fields(both, both, seals_of(OLD))
    assert merged.changes == {}
    assert merged.seals == seals_of(both)
    assert not merged.conflicts


def test_a_field_that_an_editor_deleted_is_not_written_again() -> None:
    merged = merge_fields({"title": "Ferry sinks"}, OLD, seals_of(OLD))
    assert merged.changes == {}
    assert not merged.conflicts


def test_a_field_that_is_new_on_both_sides() -> None:
    assert merge_fields({}, {"byline": "O. Salim"}, {}).changes == {"byline": "O. Salim"}
    merged = merge_fields({"byline": "Our desk"}, {"byline": "O. Salim"}, {})
    assert merged.changes == {}
    assert [offer.theirs for offer in merged.conflicts] == ["O. Salim"]


def test_lists_are_compared_by_value() -> None:
    merged = merge_fields({"regions": ["world"]}, {"regions": ("europe",)}, seals_of(OLD))
    assert merged.changes == {"regions": ("europe",)}


BASE = ("One.", "Two.", "Three.", "Four.")
SEALS = paragraph_seals(BASE)


def test_unedited_paragraphs_take_the_wires_text() -> None:
    new = ("One.", "Two and a half.", "Three.", "Four.", "Five.")
    merged = merge_body(BASE, new, SEALS)
    assert merged.paragraphs == new
    assert merged.seals == paragraph_seals(new)
    assert not merged.conflicts


def test_changes_of_both_sides_in_different_paragraphs_are_merged() -> None:
    ours = ("One.", "Two.", "Ours.", "Three.", "Four!")
    theirs = ("Zero.", *BASE)
    merged = merge_body(ours, theirs, SEALS)
    assert merged.paragraphs == ("Zero.", *ours)
    assert not merged.conflicts


def test_adjacent_paragraphs_are_merged_one_by_one() -> None:
    merged = merge_body(("One.", "Ours.", "Three.", "Four."), ("One.", "Two.", "Theirs.", "Four."), SEALS)
    assert merged.paragraphs == ("One.", "Ours.", "Theirs.", "Four.")
    assert not merged.conflicts


def test_a_paragraph_changed_on_both_sides_conflicts_until_resolved() -> None:
    ours, theirs = ("One.", "Ours.", "Three.", "Four."), ("One.", "Theirs.", "Three.", "Five.")
    merged = merge_body(ours, theirs, SEALS)
    assert merged.paragraphs == ("One.", "Ours.", "Three.", "Five.")
    assert merged.conflicts == (MergeConflict(field="body", ours="Ours.", theirs="Theirs."),)
    again = merge_body(merged.paragraphs, theirs, merged.seals)
    assert again.paragraphs == merged.paragraphs
    assert again.conflicts == merged.conflicts


def test_resolving_a_body_keeps_other_edits() -> None:
    ours, theirs = ("One!", "Two.", "Ours.", "Four."), ("One.", "Two.", "Theirs.", "Four.")
    wire = merge_body(ours, theirs, SEALS, "wire")
    assert wire.paragraphs == ("One!", "Two.", "Theirs.", "Four.")
    mine = merge_body(ours, theirs, SEALS, "ours")
    assert mine.paragraphs == ours
    assert wire.seals == mine.seals == paragraph_seals(theirs)
    assert merge_body(ours, theirs, mine.seals).paragraphs == ours
    assert not merge_body(ours, theirs, mine.seals).conflicts


def test_a_deleted_paragraph_stays_deleted() -> None:
    merged = merge_body(("One.", "Three.", "Four."), (*BASE, "Five."), SEALS)
    assert merged.paragraphs == ("One.", "Three.", "Four.", "Five.")
    assert not merged.conflicts


def test_a_body_for_a_page_that_had_none() -> None:
    assert merge_body((), BASE, ()).paragraphs == BASE
    merged = merge_body(("Ours.",), BASE, ())
    assert merged.paragraphs == ("Ours.",)
    assert [offer.theirs for offer in merged.conflicts] == ["\n\n".join(BASE)]


words = st.lists(st.sampled_from("abcdefg"), max_size=7)


@given(words, words)
def test_if_one_side_is_unchanged_the_other_is_taken(base: list[str], other: list[str]) -> None:
    seals = paragraph_seals(base)
    assert merge_body(base, other, seals).paragraphs == tuple(other)
    assert merge_body(other, base, seals).paragraphs == tuple(other)
    assert merge_body(other, other, seals).paragraphs == tuple(other)


@given(words, words, words)
@example(["a", "a"], ["c", "a"], ["b", "b"])
def test_no_edited_paragraph_is_lost_and_no_conflict_is_repeated(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    merged = merge_body(ours, theirs, paragraph_seals(base))
    for paragraph in set(ours) - set(base):
        assert merged.paragraphs.count(paragraph) >= ours.count(paragraph)
    again = merge_body(merged.paragraphs, theirs, merged.seals)
    assert again.paragraphs == merged.paragraphs
