"""Loading of themes: overrides, languages, parameters."""

import pickle
from pathlib import Path

import pytest

from digest.config import parse
from digest.site.kinds import KINDS as SITE_KINDS
from digest.theme import TEMPLATES, Theme, load_theme
from digest.theme.locate import shipped_folder, theme_names
from tests.theme.sites import EVENING, put, theme_of

EVENING_SITE = '[theme]\nname = "evening"\n'


def test_shipped_themes_are_found_from_anywhere(tmp_path: Path) -> None:
    assert {"core", "broadsheet"} <= set(theme_names(tmp_path, shipped_folder()))


@pytest.mark.parametrize("name", theme_names(Path("nowhere"), shipped_folder()))
def test_shipped_themes_load_without_issues(name: str, tmp_path: Path) -> None:
    theme, issues = load_theme(parse(f'[theme]\nname = "{name}"\n')[0], tmp_path)
    assert not issues
    assert theme is not None
    assert theme.chain[0] == "site"
    assert theme.chain[-1] == "core"


def test_the_most_specific_template_wins_and_each_keeps_its_full_name(tmp_path: Path) -> None:
    theme = theme_of(
        tmp_path,
        {
            "themes/evening/theme.toml": EVENING,
            "themes/evening/templates/item.html": "evening",
            "themes/evening/templates/story.html": "evening",
            "templates/item.html": "site",
        },
        EVENING_SITE,
    )
    assert theme.chain == ("site", "evening", "broadsheet", "core")
    assert theme.templates["item.html"].source == "site"
    assert theme.templates["site/item.html"].source == "site"
    assert theme.templates["evening/item.html"].source == "evening"
    assert theme.templates["story.html"].name == "evening/story.html"
    assert theme.templates["front.html"].name == "broadsheet/front.html"
    assert theme.templates["robots.txt"].name == "core/robots.txt"
    assert theme.templates["broadsheet/item.html"].source not in ("site", "evening")


def test_a_theme_of_the_site_hides_a_shipped_theme_of_the_same_name(tmp_path: Path) -> None:
    own = {"themes/broadsheet/theme.toml": 'name = "broadsheet"\n', "themes/broadsheet/templates/item.html": "own"}
    theme = theme_of(tmp_path, own)
    assert theme.templates["item.html"].file == "themes/broadsheet/templates/item.html"
    assert "front.html" not in theme.templates


def test_the_default_parent_is_core(tmp_path: Path) -> None:
    theme = theme_of(tmp_path, {"themes/evening/theme.toml": 'name = "evening"\n'}, EVENING_SITE)
    assert theme.chain == ("site", "evening", "core")


def test_the_folder_of_shipped_themes_can_be_set(tmp_path: Path) -> None:
    shipped = put(tmp_path / "wheel", {"core/theme.toml": 'name = "core"\n', "core/templates/a.html": "a"})
    theme, issues = load_theme(parse('[theme]\nname = "core"\n')[0], tmp_path / "site", shipped=shipped)
    assert not issues
    assert theme is not None
    assert theme.templates["a.html"].file == (shipped / "core/templates/a.html").as_posix()


def test_backup_copies_and_hidden_files_are_ignored(tmp_path: Path) -> None:
    theme = theme_of(tmp_path, {"templates/item.html~": "", "templates/.item.html.swp": "", "templates/.git/x": ""})
    assert not [name for name in theme.templates if name.startswith("site/")]


def test_a_template_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    theme = theme_of(tmp_path, {"templates/item.html": "\ufeffx"})
    assert theme.templates["item.html"].source == "x"


def _strings(folder: Path, language: str) -> Theme:
    files = {
        "themes/evening/theme.toml": EVENING,
        "themes/evening/strings/en.toml": 'a = "en"\nb = "en"\nc = "en"\nd = "en"\ngone.title = "evening"\n',
        "themes/evening/strings/pt.toml": 'b = "pt"\nc = "pt"\n',
        "themes/evening/strings/pt-BR.toml": 'c = "pt-BR"\n',
        "strings/en.toml": 'd = "the site\'s own"\n',
    }
    return theme_of(folder, files, f'{EVENING_SITE}[site]\nlanguage = "{language}"\n')


def test_strings_come_from_the_most_specific_language(tmp_path: Path) -> None:
    strings = _strings(tmp_path, "pt-BR").strings
    assert [strings[key] for key in "abcd"] == ["en", "pt", "pt-BR", "the site's own"]


def test_the_sites_language_in_a_parent_wins_over_a_fallback_language_in_the_child(tmp_path: Path) -> None:
    assert _strings(tmp_path / "en", "en").strings["gone.title"] == "evening"
    assert _strings(tmp_path / "pt", "pt").strings["gone.title"] != "evening"


def test_an_unknown_language_falls_back_to_english(tmp_path: Path) -> None:
    assert _strings(tmp_path, "eo").strings["c"] == "en"


PARAMETERS = """
name = "evening"
parent = "night"
[parameters.accent]
default = "#111111"
[front]
second = 2
"""
PARENT = """
name = "night"
[parameters.accent]
default = "#000000"
[parameters.scale]
default = 1.5
[front]
second = 9
rail = "culture"
"""


def _parameters(folder: Path, chosen: str) -> Theme:
    files = {"themes/evening/theme.toml": PARAMETERS, "themes/night/theme.toml": PARENT}
    return theme_of(folder, files, f"{EVENING_SITE}[theme.parameters]\n{chosen}\n")


def test_parameters_and_front_counts_are_inherited_one_by_one(tmp_path: Path) -> None:
    theme = _parameters(tmp_path, "")
    assert theme.parameters == {"accent": "#111111", "scale": 1.5}
    assert (theme.front_counts.second, theme.front_counts.rail, theme.front_counts.read) == (2, "culture", 4)


def test_a_site_sets_parameters_and_an_integer_is_valid_for_a_number(tmp_path: Path) -> None:
    theme = _parameters(tmp_path, 'accent = "#222222"\nscale = 2')
    assert theme.parameters == {"accent": "#222222", "scale": 2.0}
    assert isinstance(theme.parameters["scale"], float)


def test_invalid_parameters_keep_their_defaults(tmp_path: Path) -> None:
    files = {"themes/evening/theme.toml": PARAMETERS, "themes/night/theme.toml": PARENT}
    config = parse(f"{EVENING_SITE}[theme.parameters]\naccent = 3\nscale = true\n")[0]
    theme, issues = load_theme(config, put(tmp_path, files))
    assert theme is not None
    assert theme.parameters == {"accent": "#111111", "scale": 1.5}
    assert [i.code for i in issues] == ["config-value", "config-value"]


def test_themes_can_be_pickled(tmp_path: Path) -> None:
    theme = theme_of(tmp_path, {})
    assert pickle.loads(pickle.dumps(theme)) == theme  # noqa: S301 - our own bytes, a line ago


def test_page_kinds_of_the_site_use_templates_of_the_contract() -> None:
    assert {kind.template for kind in SITE_KINDS.values()} == set(TEMPLATES)


@pytest.mark.parametrize("name", ["../evening", "a/b", ".", "", "Evening"])
def test_an_invalid_theme_name_is_not_looked_up(name: str, tmp_path: Path) -> None:
    put(tmp_path, {"evening/theme.toml": 'name = "evening"\n', "themes/a/b/theme.toml": ""})
    theme, (issue,) = load_theme(parse(f'[theme]\nname = "{name}"\n')[0], tmp_path)
    assert theme is None
    assert issue.code == "theme-missing"


@pytest.mark.parametrize(("written", "ok"), [("0", True), ("3", True), ("-1", False), ("1.5", False), ("true", False)])
def test_front_counts_must_not_be_negative(written: str, ok: bool, tmp_path: Path) -> None:
    files = {"themes/evening/theme.toml": f'name = "evening"\nparent = "broadsheet"\nfront.second = {written}\n'}
    theme, issues = load_theme(parse(EVENING_SITE)[0], put(tmp_path, files))
    assert theme is not None
    assert not issues if ok else theme.front_counts.second == 4
