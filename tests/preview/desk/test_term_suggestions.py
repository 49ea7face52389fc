"""Term suggestions after a label change, and adding a term to digest.toml."""

import pytest

from digest.config import parse
from digest.issues import Issue
from digest.model import Term
from digest.preview.desk import messages
from digest.preview.desk.field_changes import FieldChanges
from tests.preview.desk.desk_site import SETTINGS, DeskSite, accepted, refused


def test_a_suggested_term_lists_the_headlines_it_affects(desk_site: DeskSite) -> None:
    desk_site.put_imported("loom-2", "n6", "A loom for the museum", lines="1-2", story="m")
    accepted(desk_site.change("n4", FieldChanges(region="africa")))
    desk_site.build()
    job = desk_site.desk.suggest_terms("n4", "region")
    assert not isinstance(job, Issue)
    loom = next(one for one in job.suggestions() if one.term.match == "loom")
    assert {(headline.entry, headline.effect) for headline in loom.affected} == {("n4", "right"), ("n6", "moved")}
    assert (loom.term.region, loom.wrong) == ("africa", 0)


def test_no_suggestion_if_the_label_is_already_predicted(desk_site: DeskSite) -> None:
    job = desk_site.desk.suggest_terms("n1", "region")
    assert not isinstance(job, Issue)
    assert job.suggestions() == ()


def test_adding_a_term_keeps_every_other_byte(desk_site: DeskSite) -> None:
    accepted(desk_site.desk.add_term(messages.TermRequest(match="loom", region="africa")))
    text = (desk_site.site / "digest.toml").read_text()
    added = '\n[[terms]]\nmatch = "loom"\nregion = "africa"\n'
    assert added in text
    assert text.replace(added, "") == SETTINGS
    assert parse(text)[0].terms[-1] == Term(match="loom", region="africa")
    accepted(desk_site.desk.undo(messages.UndoRequest()))
    assert (desk_site.site / "digest.toml").read_text() == SETTINGS


@pytest.mark.parametrize("match", ['a "quoted" term', "back\\slash", "tab\there"])
def test_special_characters_of_a_term_are_escaped(desk_site: DeskSite, match: str) -> None:
    response = desk_site.desk.add_term(messages.TermRequest(match=match, category="sport"))
    terms = parse((desk_site.site / "digest.toml").read_text())[0].terms
    assert terms[-1].match == match, response


def test_a_term_with_an_unknown_label_is_refused(desk_site: DeskSite) -> None:
    assert refused(desk_site.desk.add_term(messages.TermRequest(match="loom", region="atlantis"))).issues
    assert (desk_site.site / "digest.toml").read_text() == SETTINGS


def test_a_linked_digest_toml_is_not_written(desk_site: DeskSite) -> None:
    target = desk_site.site.parent / "other.toml"
    (desk_site.site / "digest.toml").rename(target)
    (desk_site.site / "digest.toml").symlink_to(target)
    [problem] = refused(desk_site.desk.add_term(messages.TermRequest(match="loom", region="africa"))).issues
    assert problem.code == "page-outside"
    assert target.read_text() == SETTINGS
