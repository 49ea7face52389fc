"""Items and their markers."""

import pytest

from digest.ingest.markers.parse import is_marker_line, marker_text, parse_markers
from digest.model import MARKERS, Block, Span, WireItem
from digest.wire import Marker, MarkerKind


def _item(headline: str, *lines: str) -> WireItem:
    body = tuple(Block(text=line) for line in lines)
    return WireItem(headline=headline, position=1, span=Span(first=1, last=2), body=body)


def test_an_item_without_markers_is_as_it_was() -> None:
    item = _item("Rain stops play", "It rained.")
    assert parse_markers(item).wire is item
    assert parse_markers(item).marker_texts == ()


def test_markers_go_from_the_headline_and_from_the_lines_above_the_text() -> None:
    found = parse_markers(_item("UPDATE 2-Rain stops play", "(Corrects score, adds quote)", "It rained.", "KILL"))
    assert found.wire.headline == "Rain stops play"
    assert [block.text for block in found.wire.body] == ["It rained.", "KILL"]
    assert found.marker_texts == ("update 2", "corrected")
    assert found.corrections == ("Corrects score, adds quote.",)


def test_where_a_marker_has_the_first_line_the_headline_is_the_next() -> None:
    found = parse_markers(_item("EMBARGOED UNTIL 0600 GMT", "URGENT: Rain stops play", "It rained."))
    assert (found.wire.headline, found.embargo, found.has_no_headline) == ("Rain stops play", "0600 GMT", False)
    assert found.marker_texts == ("embargo", "urgent")


@pytest.mark.parametrize(
    "line", ["UPDATE 2-", "UPDATE 2", "KILL", "STORY WITHDRAWN", "(corrects name)", "Breaking news"]
)
def test_markers_alone(line: str) -> None:
    assert is_marker_line(line)
    assert parse_markers(_item(line)).has_no_headline


@pytest.mark.parametrize("line", ["Rain", "Kill Bill", "UPDATE 2-Rain", "", "Lead poisoning in Perth"])
def test_a_line_that_says_something(line: str) -> None:
    assert not is_marker_line(line)


def test_takes_and_what_they_are_not() -> None:
    assert parse_markers(_item("Rain stops play =2")).take == 2
    assert parse_markers(_item("UPDATE 2-Rain stops play")).take == 0


def test_every_marker_has_its_word() -> None:
    assert {marker_text(Marker(kind=kind, text="")) for kind in MarkerKind} == set(MARKERS)
    assert marker_text(Marker(kind=MarkerKind.UPDATE, text="UPDATE 3", number=3)) == "update 3"
