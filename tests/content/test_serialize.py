"""Serialized pages: every YAML reader returns the same values."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from digest.content.serialize import FIELD_ORDER, Value, page_text, rank_of, yaml_scalar_of, yaml_value_of

texts = st.text(st.characters(codec="utf-8"), max_size=40)
TRICKY = (
    "no|12:30|1e3|0o17|0x1f|1_000|~|null|#x|a #b|a: b|a:|- a|-|?|*a|&a|!a|%a|@a|`a|>|'a|\"a|a'|a\"b|a\\b|[a]|a, b|{a}|y"
    "|2026-02-05|On|.5|+1| a|a ||=|<<|---|...|é|٣|a\tb|a\nb|\ufeff|\u2028|\x85|😀|1.|1:2|6 dead"
)
tricky = st.sampled_from([*TRICKY.split("|"), "|"])


def _ruamel(text: str) -> Any:
    """Parse YAML 1.2 with ruamel.yaml; a new parser each time, because it remembers directives."""
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Nigeria sends army to the north", "Nigeria sends army to the north"),
        ("6 dead as ferry sinks", "6 dead as ferry sinks"),
        ("no", '"no"'),
        ("12:30", '"12:30"'),
        ("1e3", '"1e3"'),
        ("5f1c09e2", "5f1c09e2"),
        ("1-2", "1-2"),
        ("2026-02-05T1410-nw.txt", "2026-02-05T1410-nw.txt"),
        ("2026-02-05 14:10:00 Z", '"2026-02-05 14:10:00 Z"'),
        ("Talks: day two", '"Talks: day two"'),
        ("Row over the #1 seed", '"Row over the #1 seed"'),
        ("'Nobody asked the bees'", "\"'Nobody asked the bees'\""),
        ('He said "no"', """He said "no\""""),
        ('"No," he said', """'"No," he said'"""),
        ("France's 'Valley'", "France's 'Valley'"),
        ("a\nb", '"a\\nb"'),
        ("", '""'),
    ],
)
def test_a_text_is_plain_if_no_yaml_reader_misreads_it(text: str, written: str) -> None:
    assert yaml_scalar_of(text) == written


@given(texts | tricky)
@example("e1")
@example("0b1")
@example("1:60")
@example("a:b")
def test_all_yaml_readers_return_the_written_text(text: str) -> None:
    block, flow = (
        f"title: {yaml_scalar_of(text)}\n",
        f"a: {{b: {yaml_scalar_of(text, flow=True)}, c: [{yaml_scalar_of(text, flow=True)}]}}\n",
    )
    loaders: tuple[Any, ...] = (yaml.BaseLoader, yaml.CBaseLoader, yaml.SafeLoader, yaml.CSafeLoader)
    for loader in loaders:
        assert yaml.load(block, Loader=loader) == {"title": text}  # noqa: S506 - loaders that make no objects
        assert yaml.load(flow, Loader=loader) == {"a": {"b": text, "c": [text]}}  # noqa: S506 - as above
    assert _ruamel(block) == {"title": text}
    assert _ruamel(flow) == {"a": {"b": text, "c": [text]}}


@given(texts | tricky)
def test_a_text_is_always_one_line(text: str) -> None:
    assert len(yaml_scalar_of(text).splitlines()) == 1


def test_dates_and_numbers_are_plain_and_collections_in_brackets() -> None:
    value: dict[str, Value] = {"seen": date(2026, 2, 5), "position": 1, "also": ["a.txt", "no"]}
    assert yaml_value_of(value) == '{seen: 2026-02-05, position: 1, also: [a.txt, "no"]}'
    assert yaml_value_of(datetime(2026, 2, 5, 14, 10, tzinfo=UTC)) == "2026-02-05T14:10+00:00"


def test_a_page_has_its_fields_in_order_and_one_empty_line_before_the_body() -> None:
    text = page_text({"wire": {"key": "5f"}, "title": "A", "id": "n1", "odd": "x"}, "One.\n\nTwo.\n\n")
    assert text == "---\nid: n1\ntitle: A\nodd: x\nwire: {key: 5f}\n---\n\nOne.\n\nTwo.\n"


def test_a_brief_ends_with_its_front_matter() -> None:
    assert page_text({"title": "A"}) == "---\ntitle: A\n---\n"


def test_an_unknown_field_goes_before_wire_and_after_the_others() -> None:
    assert rank_of(FIELD_ORDER[-2]) <= rank_of("anything") < rank_of("wire")
