"""A new site builds at once, with nothing to complain about."""

from pathlib import Path

import pytest

from digest import config
from tests.cli.running import digest


def test_it_builds_at_once_without_an_issue(tmp_path: Path) -> None:
    assert digest("new", "lake-news", cwd=tmp_path).code == 0
    ran = digest("build", "--strict", cwd=tmp_path / "lake-news")
    assert ran.code == 0, ran.output
    assert not ran.err
    front = (tmp_path / "lake-news/output/index.html").read_text()
    assert "Lake news" in front
    assert "Welcome" not in front, "the first page is a draft, so that it never stands above the news"
    assert "Welcome to Lake news" in (tmp_path / "lake-news/content/welcome.md").read_text()


def test_its_settings_are_complete_and_say_what_holds_anyway(tmp_path: Path) -> None:
    """Switched on, the commented settings are right, and those that are no example change nothing."""
    digest("new", "lake-news", cwd=tmp_path)
    text = (tmp_path / "lake-news/digest.toml").read_text()
    known, wrong = config.parse(text)
    assert not wrong
    switched = "\n".join(
        line.removeprefix("# ") if " = " in line or "[" in line or '"' in line else line for line in text.splitlines()
    )
    everything, wrong = config.parse(switched)
    assert not wrong
    for name in ("site", "briefs", "feeds", "robots", "preview"):
        assert getattr(everything, name) == getattr(known, name), name
    assert (everything.imports.same_headline_days, everything.imports.version_hours) == (3, 36)
    for name in ("site", "theme", "imports", "briefs", "feeds", "robots", "preview"):
        for field in getattr(known, name).__struct_fields__:
            assert f"{field} = " in text or field == "parameters", f"{name}.{field}"
    for name in ("regions", "categories", "sources", "authors", "targets", "issues", "terms"):
        assert f"[{name}" in text


def test_what_must_not_be_in_git_is_ignored(tmp_path: Path) -> None:
    digest("new", "x", cwd=tmp_path)
    ignored = (tmp_path / "x/.gitignore").read_text().splitlines()
    assert {"/output/", "/.digest/", "/content/dumps/"} <= set(ignored)


@pytest.mark.parametrize("name", ['say "hello"', "100% {news}", "true", "Notícias: hoje", "a\tb"])
def test_any_name_of_a_folder_makes_a_site(tmp_path: Path, name: str) -> None:
    assert digest("new", tmp_path / name).code == 0
    ran = digest("build", "--strict", "--site", tmp_path / name)
    assert ran.code == 0, ran.output


def test_an_empty_folder_will_do_and_a_full_one_is_left_alone(tmp_path: Path) -> None:
    assert digest("new", tmp_path).code == 0
    before = (tmp_path / "digest.toml").read_text()
    (tmp_path / "digest.toml").write_text(before + "# mine\n")
    ran = digest("new", tmp_path)
    assert (ran.code, "error[folder-not-empty]" in ran.err) == (2, True)
    assert (tmp_path / "digest.toml").read_text().endswith("# mine\n")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    assert digest("new", tmp_path / "x").code == 2


def test_the_folder_can_be_said_as_every_command_says_it(tmp_path: Path) -> None:
    assert digest("new", "--site", tmp_path / "x").code == 0
    assert digest("new").code == 2


def test_for_machines(tmp_path: Path) -> None:
    document = digest("new", tmp_path / "x", "--json").document
    assert document["files"] == [".gitignore", "content/welcome.md", "digest.toml"]
