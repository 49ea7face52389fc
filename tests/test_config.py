"""digest.toml into one value: what is wrong is found in one go, each with its place."""

import pytest

from digest.config import parse


def said(text: str) -> list[str]:
    """What is wrong with a digest.toml, a line each."""
    return [f"{i.place} {i.code} {i.message}" for i in parse(text)[1]]


@pytest.mark.parametrize("bad", ["\\u0007", "\\u0000", "\\u0085", "\\uFDD0", "\\uFFFE", "\\u007F"])
def test_control_characters_are_rejected(bad: str) -> None:
    config, issues = parse(f'[site]\ntitle = "Lake {bad}News"\n')
    assert config.site.title == "The Digest"
    assert [str(i.place) for i in issues] == ["digest.toml:2:1"]
    assert issues[0].message == f"`site.title` holds U+{bad[2:]}, which no page can show"


def test_control_characters_are_found_in_lists_and_tables() -> None:
    text = '[robots]\ndeny = ["Good", "Bad\\u0001"]\n\n[regions.moon]\nname = "Moon\\u001b"\n'
    assert said(text) == [
        "digest.toml:2:1 config-value `robots.deny` holds U+0001, which no page can show",
        "digest.toml:5:1 config-value `regions.moon.name` holds U+001B, which no page can show",
    ]


def test_line_breaks_and_all_scripts_are_accepted() -> None:
    config, issues = parse('[site]\ntitle = "جريدة\u00a0الصباح 🗞️"\ndescription = """\nTwo\n\tlines"""\n')
    assert issues == ()
    assert (config.site.title, config.site.description) == ("جريدة\u00a0الصباح 🗞️", "Two\n\tlines")


@pytest.mark.parametrize("language", ["fr", "de", "es", "pt", "ar"])
def test_default_labels_have_translated_names(language: str) -> None:
    english = parse("")[0]
    config = parse(f'[site]\nlanguage = "{language}-XX"\n[regions.africa]\nname = "Afryka"\n')[0]
    assert config.regions["africa"].name == "Afryka"
    assert config.regions["middle-east"].name != english.regions["middle-east"].name
    assert config.regions["middle-east"].countries == english.regions["middle-east"].countries
    assert list(config.categories) == list(english.categories)
    assert all(table.name for table in config.regions.values())
    assert all(table.name for table in config.categories.values())


def test_language_without_names_uses_english_ones() -> None:
    assert parse('[site]\nlanguage = "fi"\n')[0].regions == parse("")[0].regions
