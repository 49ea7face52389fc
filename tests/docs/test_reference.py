"""The reference is complete: every command, setting, field, issue and page kind has its line."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_origin

import click
import msgspec
import pytest

from digest.cli import cli
from digest.config import Config
from digest.content.fields.schema import FIELDS
from digest.issues import CODES
from digest.site.kinds import KINDS

DOCS = Path(__file__).parents[2] / "docs" / "reference"


def settings_of(kind: type[msgspec.Struct], path: str = "") -> Iterator[str]:
    """`site.title`, `sources.X.name`, `terms.match` …"""
    for field in msgspec.structs.fields(kind):
        name = f"{path}{field.encode_name}"
        inner = field.type
        if get_origin(inner) is dict:
            inner, name = get_args(inner)[1], f"{name}.X"
        elif get_origin(inner) is tuple:
            inner = get_args(inner)[0]
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            yield from settings_of(inner, f"{name}.")
        else:
            yield name


def rows_of(page: str) -> set[str]:
    """What the first column of the tables of a page names."""
    text = (DOCS / page).read_text("utf-8")
    return {name for row in re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE) for name in re.findall("`([^`]+)`", row)}


def test_every_setting() -> None:
    assert rows_of("configuration.md") == set(settings_of(Config))


def test_every_front_matter_field() -> None:
    assert rows_of("front-matter.md") == set(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_said_to_be_written_as_it_is(name: str) -> None:
    field = FIELDS[name]
    assert f"| `{name}` | {field.format} | {field.meaning} |" in (DOCS / "front-matter.md").read_text("utf-8")


def test_every_issue() -> None:
    text = (DOCS / "issues.md").read_text("utf-8")
    expected = [f"| `{name}` | {code.severity} | {code.meaning} |" for name, code in CODES.items()]
    assert [line for line in text.splitlines() if line.startswith("| `")] == expected


def test_every_page_kind() -> None:
    assert rows_of("page-kinds.md") == set(KINDS)


def test_every_command_and_option() -> None:
    text = (DOCS / "commands.md").read_text("utf-8")
    sections = dict(re.findall(r"^## `digest ([a-z ]+?)`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    commands = dict(commands_of())
    assert sections.keys() == commands.keys()
    for name, options in commands.items():
        missing = [option for option in options if f"`{option}" not in sections[name]]
        assert missing == [], f"digest {name}"


def commands_of() -> Iterator[tuple[str, list[str]]]:
    """Each command, and its options but those that all commands have."""

    def walk(group: click.Group, path: str) -> Iterator[tuple[str, list[str]]]:
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command
            if isinstance(command, click.Group):
                yield from walk(command, f"{path}{name} ")
                continue
            options = [o for p in command.params if isinstance(p, click.Option) for o in p.opts if o.startswith("--")]
            yield f"{path}{name}", [o for o in options if o not in {"--site", "--json", "--help"}]

    yield from walk(cli, "")
