"""After a label was changed: the term that would have told it, and what it moves."""

import pytest

from digest.config import parse
from digest.issues import Issue
from digest.model import Term
from digest.preview.desk import messages
from digest.preview.desk.edits import FieldChanges
from tests.preview.desk.room import SETTINGS, Room, done, refused


def test_a_term_that_tells_the_label_comes_with_all_that_it_moves(room: Room) -> None:
    room.imported("loom-2", "n6", "A loom for the museum", lines="1-2", story="m")
    done(room.change("n4", FieldChanges(region="africa")))
    room.look()
    lecture = room.desk.suggest_terms("n4", "region")
    assert not isinstance(lecture, Issue)
    loom = next(lesson for lesson in lecture.suggestions() if lesson.term.match == "loom")
    assert {(move.entry, move.how) for move in loom.moves} == {("n4", "right"), ("n6", "moved")}
    assert (loom.term.region, loom.wrong) == ("africa", 0)


def test_there_is_nothing_to_learn_where_the_text_says_it(room: Room) -> None:
    lecture = room.desk.suggest_terms("n1", "region")
    assert not isinstance(lecture, Issue)
    assert lecture.suggestions() == ()


def test_a_click_adds_the_term_and_keeps_every_other_byte(room: Room) -> None:
    done(room.desk.add_term(messages.TermRequest(match="loom", region="africa")))
    text = (room.site / "digest.toml").read_text()
    added = '\n[[terms]]\nmatch = "loom"\nregion = "africa"\n'
    assert added in text
    assert text.replace(added, "") == SETTINGS
    assert parse(text)[0].terms[-1] == Term(match="loom", region="africa")
    done(room.desk.undo(messages.UndoRequest()))
    assert (room.site / "digest.toml").read_text() == SETTINGS


@pytest.mark.parametrize("match", ['a "quoted" term', "back\\slash", "tab\there"])
def test_any_words_are_written_as_toml(room: Room, match: str) -> None:
    answer = room.desk.add_term(messages.TermRequest(match=match, category="sport"))
    terms = parse((room.site / "digest.toml").read_text())[0].terms
    assert terms[-1].match == match, answer


def test_a_label_that_is_none_is_refused(room: Room) -> None:
    assert refused(room.desk.add_term(messages.TermRequest(match="loom", region="atlantis"))).issues
    assert (room.site / "digest.toml").read_text() == SETTINGS


def test_a_digest_toml_that_leads_elsewhere_is_not_written(room: Room) -> None:
    elsewhere = room.site.parent / "elsewhere.toml"
    (room.site / "digest.toml").rename(elsewhere)
    (room.site / "digest.toml").symlink_to(elsewhere)
    [one] = refused(room.desk.add_term(messages.TermRequest(match="loom", region="africa"))).issues
    assert one.code == "page-outside"
    assert elsewhere.read_text() == SETTINGS
