"""Splitting of items into text and markers."""

import pytest

from digest.ingest.markers.parse import is_marker_line, marker_text, parse_markers
from digest.model import MARKERS, Block, Span, WireItem
from digest.wire import Marker, MarkerKind


def _item(headline: str, *lines: str) -> WireItem:
    body = tuple(Block(text=line) for line in lines)
    return WireItem(headline=headline, position=1, span=Span(first=1, last=2), body=body)


def test_an_item_without_markers_is_unchanged() -> None:
    item = _item("Rain stops play", "It rained.")
    assert parse_markers(item).wire is item
    assert parse_markers(item).marker_texts == ()


def test_markers_are_removed_from_headline_and_lines_above_the_text() -> None:
    item = parse_markers(_item("UPDATE 2-Rain stops play", "(Corrects score, adds quote)", "It rained.", "KILL"))
    assert item.wire.headline == "Rain stops play"
    assert [block.text for block in item.wire.body] == ["It rained.", "KILL"]
    assert item.marker_texts == ("update 2", "corrected")
    assert item.corrections == ("Corrects score, adds quote.",)


def test_after_a_line_of_markers_the_next_line_is_the_headline() -> None:
    item = parse_markers(_item("EMBARGOED UNTIL 0600 GMT", "URGENT: Rain stops play", "It rained."))
    assert (item.wire.headline, item.embargo, item.has_no_headline) == ("Rain stops play", "0600 GMT", False)
    assert item.marker_texts == ("embargo", "urgent")


@pytest.mark.parametrize(
    "line", ["UPDATE 2-", "UPDATE 2", "KILL", "STORY WITHDRAWN", "(corrects name)", "Breaking news"]
)
def test_marker_lines(line: str) -> None:
    assert is_marker_line(line)
    assert parse_markers(_item(line)).has_no_headline


@pytest.mark.parametrize("line", ["Rain", "Kill Bill", "UPDATE 2-Rain", "", "Lead poisoning in Perth"])
def test_other_lines(line: str) -> None:
    assert not is_marker_line(line)


def test_take_numbers() -> None:
    assert parse_markers(_item("Rain stops play =2")).take == 2
    assert parse_markers(_item("UPDATE 2-Rain stops play")).take == 0


def test_every_marker_has_a_text() -> None:
    assert {marker_text(Marker(kind=kind, text="")) for kind in MarkerKind} == set(MARKERS)
    assert marker_text(Marker(kind=MarkerKind.UPDATE, text="UPDATE 3", number=3)) == "update 3"
