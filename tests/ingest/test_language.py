"""`lang` of an imported page: written when the text is in another language than the site's, and sure."""

from pathlib import Path

import pytest

from tests.ingest.desk import Desk, article

FRENCH = "Grève dans les écoles : des milliers d'enfants sans cours"
ENGLISH = "The council will meet again next week after the vote"
OPEN = "Tour de France"
SHORT, LONG = (
    "Tram line opens",
    "Le conseil municipal se réunira de nouveau la semaine prochaine, après le départ de trois élus.",
)


def lang_of(desk: Desk, headline: str) -> str | None:
    """The language in the only page with this headline."""
    [page] = [page for page, text in desk.pages().items() if headline in text]
    return desk.fields(page).get("lang")


def test_only_what_is_sure_to_be_foreign_is_marked(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", FRENCH, ENGLISH, OPEN)
    assert [lang_of(desk, one) for one in (FRENCH, ENGLISH, OPEN)] == ["fr", None, None]


@pytest.mark.parametrize("language", ["fr", "fr-CH"])
def test_foreign_is_what_the_site_is_not(tmp_path: Path, language: str) -> None:
    desk = Desk(tmp_path, f'[site]\nlanguage = "{language}"\n')
    desk.say("2026-03-10-nw.txt", FRENCH, ENGLISH, OPEN)
    assert [lang_of(desk, one) for one in (FRENCH, ENGLISH, OPEN)] == [None, "en", None]


def test_a_body_tells_what_a_headline_leaves_open(desk: Desk) -> None:
    desk.take(desk.dump("2026-03-10-nw.txt", article(SHORT, LONG, LONG)))
    assert lang_of(desk, SHORT) == "fr"


def test_it_is_sealed_and_an_editor_may_write_another(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", FRENCH)
    [page] = desk.pages()
    assert "lang" in desk.fields(page)["wire"]["seals"]
    desk.edit(page, "lang: fr\n", "lang: fr-BE\n")
    desk.say("2026-03-11-nw.txt", FRENCH)
    assert desk.fields(page)["lang"] == "fr-BE"
