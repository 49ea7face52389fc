"""What stops a build before it starts, and what makes it start anew."""

from pathlib import Path

import pytest

from digest.builder import build
from digest.builder.context import load_context
from tests.newsroom import CONFIG, Newsroom


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path)
    room.item("x", body="Body.")
    return room


def codes(room: Newsroom) -> list[str]:
    report = build(room.request())
    assert not report.ok
    return [i.code for i in report.issues]


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("[site\n", ["config-syntax"]),
        ('[site]\ntitel = "x"\ntime_zone = "Mars"\n[briefs]\npages = "some"\n',
         ["config-unknown-key", "config-value", "config-value"]),
        ('[theme]\nname = "nowhere"\n', ["theme-missing"]),
    ],
)  # fmt: skip
def test_a_wrong_configuration_is_told_whole_and_touches_nothing(
    room: Newsroom, config: str, expected: list[str]
) -> None:
    room.build()
    before = room.files()
    (room.folder / "digest.toml").write_text(config)
    assert sorted(codes(room)) == sorted(expected)
    assert room.files() == before


def test_without_a_configuration_there_is_no_site(room: Newsroom) -> None:
    (room.folder / "digest.toml").unlink()
    assert codes(room) == ["config-missing"]


def test_a_broken_template_is_found_before_anything_is_drawn(room: Newsroom) -> None:
    (room.folder / "templates").mkdir()
    (room.folder / "templates/month.html").write_text("{% for %}")
    report = build(room.request())
    assert [(i.code, i.place.file, i.place.line) for i in report.issues] == [
        ("template-syntax", "templates/month.html", 1)
    ]


def test_rules_change_with_the_configuration_and_looks_with_templates(room: Newsroom) -> None:
    first, _ = load_context(room.request())
    (room.folder / "templates").mkdir()
    (room.folder / "templates/404.html").write_text("<p>Lost</p>")
    second, _ = load_context(room.request())
    (room.folder / "digest.toml").write_text(f"{CONFIG}[feeds]\nentries = 3\n")
    third, _ = load_context(room.request())
    assert first
    assert second
    assert third
    assert first.rules_digest == second.rules_digest != third.rules_digest
    assert {
        name for name in first.template_digests if first.template_digests[name] != second.template_digests[name]
    } == {"404.html"}
    assert second.template_digests == third.template_digests, "the number of entries in a feed is in no frame"


def test_a_known_problem_can_be_made_light_of(room: Newsroom) -> None:
    room.item("y", source="UNKNOWN")
    assert [i.code for i in room.build().issues] == ["source-unknown"]
    (room.folder / "digest.toml").write_text(f'{CONFIG}[issues]\nsource-unknown = "off"\n')
    assert room.build().issues == ()


def test_two_leads_at_one_place_are_named(room: Newsroom) -> None:
    room.item("a", lead=1)
    room.item("b", lead=1)
    room.item("c", "2026-03-11", lead=1)
    [tie] = room.build().issues
    assert tie.code == "lead-tie"
    assert "content/2026/03/12/a.md" in str(tie)
    assert "content/2026/03/12/b.md" in str(tie)
