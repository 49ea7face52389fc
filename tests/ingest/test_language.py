"""`lang` of an imported page: set if the text is certainly in another language than the site's."""

from pathlib import Path

import pytest

from tests.ingest.import_site import ImportSite, article

FRENCH = "Grève dans les écoles : des milliers d'enfants sans cours"
ENGLISH = "The council will meet again next week after the vote"
OPEN = "Tour de France"
SHORT, LONG = (
    "Tram line opens",
    "Le conseil municipal se réunira de nouveau la semaine prochaine, après le départ de trois élus.",
)


def lang_of(site: ImportSite, headline: str) -> str | None:
    """Return `lang` of the only page with this headline."""
    [page] = [page for page, text in site.pages().items() if headline in text]
    return site.fields(page).get("lang")


def test_lang_is_written_for_text_that_is_certainly_foreign(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", FRENCH, ENGLISH, OPEN)
    assert [lang_of(site, one) for one in (FRENCH, ENGLISH, OPEN)] == ["fr", None, None]


@pytest.mark.parametrize("language", ["fr", "fr-CH"])
def test_foreign_means_another_language_than_the_sites(tmp_path: Path, language: str) -> None:
    site = ImportSite(tmp_path, f'[site]\nlanguage = "{language}"\n')
    site.import_briefs("2026-03-10-nw.txt", FRENCH, ENGLISH, OPEN)
    assert [lang_of(site, one) for one in (FRENCH, ENGLISH, OPEN)] == [None, "en", None]


def test_the_body_decides_if_the_headline_is_not_clear(site: ImportSite) -> None:
    site.import_dumps(site.write_dump("2026-03-10-nw.txt", article(SHORT, LONG, LONG)))
    assert lang_of(site, SHORT) == "fr"


def test_lang_is_sealed_and_an_editors_value_stays(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", FRENCH)
    [page] = site.pages()
    assert "lang" in site.fields(page)["wire"]["seals"]
    site.edit(page, "lang: fr\n", "lang: fr-BE\n")
    site.import_briefs("2026-03-11-nw.txt", FRENCH)
    assert site.fields(page)["lang"] == "fr-BE"
