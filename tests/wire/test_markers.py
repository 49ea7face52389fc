"""Markers before and after headlines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.wire.markers import MAX_HEADLINE_CHARS, MAX_MARKERS, Marker, MarkerKind, split_markers

K = MarkerKind
RAIN = "Rain stops play at Hillfoot"

MARKED: list[tuple[str, list[tuple[MarkerKind, int, str]]]] = [
    ("UPDATE 2-{}", [(K.UPDATE, 2, "")]),
    ("UPDATE 12 - {}", [(K.UPDATE, 12, "")]),
    ("UPDATE: {}", [(K.UPDATE, 0, "")]),
    ("Update: {}", [(K.UPDATE, 0, "")]),
    ("Update 3: {}", [(K.UPDATE, 3, "")]),
    ("UPDATE #4: {}", [(K.UPDATE, 4, "")]),
    ("{} -- 2nd Update", [(K.UPDATE, 2, "")]),
    ("{} - UPDATE 2", [(K.UPDATE, 2, "")]),
    ("{} (UPDATE 1)", [(K.UPDATE, 1, "")]),
    ("{} [Updated]", [(K.UPDATE, 0, "")]),
    ("WRAPUP 3-{}", [(K.WRAPUP, 3, "")]),
    ("REFILE-{}", [(K.REFILE, 0, "")]),
    ("CORRECTED-{}", [(K.CORRECTION, 0, "")]),
    ("Correction: {}", [(K.CORRECTION, 0, "")]),
    ("{} (CORRECTED)", [(K.CORRECTION, 0, "")]),
    ("{} (corrects spelling of name)", [(K.CORRECTION, 0, "spelling of name")]),
    ("RPT-{}", [(K.REPEAT, 0, "")]),
    ("REPEAT: {}", [(K.REPEAT, 0, "")]),
    ("ADVISORY-{}", [(K.ADVISORY, 0, "")]),
    ("Media advisory: {}", [(K.ADVISORY, 0, "")]),
    ("HOLD-{}", [(K.HOLD, 0, "")]),
    ("KILL: {}", [(K.KILL, 0, "")]),
    ("STORY WITHDRAWN: {}", [(K.KILL, 0, "")]),
    ("{} - STORY KILLED", [(K.KILL, 0, "")]),
    ("URGENT - {}", [(K.URGENT, 0, "")]),
    ("Urgent: {}", [(K.URGENT, 0, "")]),
    ("URGENT /// {}", [(K.URGENT, 0, "")]),
    ("ALERT-{}", [(K.ALERT, 0, "")]),
    ("FLASH: {}", [(K.ALERT, 0, "")]),
    ("Breaking news: {}", [(K.ALERT, 0, "")]),
    ("(LEAD) {}", [(K.LEAD, 0, "")]),
    ("(2nd LD) {}", [(K.LEAD, 2, "")]),
    ("LEAD: {}", [(K.LEAD, 0, "")]),
    ("1st Ld: {}", [(K.LEAD, 1, "")]),
    ("3rd Ld-Writethru: {}", [(K.LEAD, 3, "")]),
    ("{} -- 1st Ld-Writethru", [(K.LEAD, 1, "")]),
    ("{} (recasts, adds quotes)", [(K.RECAST, 0, "adds quotes")]),
    ("{} (adds details, background)", [(K.RECAST, 0, "details, background")]),
    ("{} (ADDS DETAILS)", [(K.RECAST, 0, "DETAILS")]),
    ("{} =2", [(K.TAKE, 2, "")]),
    ("{} (take 2 of 3)", [(K.TAKE, 2, "")]),
    ("EMBARGOED UNTIL 06:00 GMT March 5: {}", [(K.EMBARGO, 0, "06:00 GMT March 5")]),
    ("EMBARGOED UNTIL 0600 GMT - {}", [(K.EMBARGO, 0, "0600 GMT")]),
    ("{} (embargoed until 0001 GMT Friday)", [(K.EMBARGO, 0, "0001 GMT Friday")]),
    ("{} - NOT FOR RELEASE BEFORE 0600 GMT", [(K.EMBARGO, 0, "0600 GMT")]),
    # several at once, in the order in which they stand
    ("CORRECTED-UPDATE 1-{}", [(K.CORRECTION, 0, ""), (K.UPDATE, 1, "")]),
    ("RPT-WRAPUP 3-{}", [(K.REPEAT, 0, ""), (K.WRAPUP, 3, "")]),
    ("URGENT: {} (adds quotes)", [(K.URGENT, 0, ""), (K.RECAST, 0, "quotes")]),
    ("{} (adds quotes) =2", [(K.RECAST, 0, "quotes"), (K.TAKE, 2, "")]),
    ("  UPDATE 2-{}  ", [(K.UPDATE, 2, "")]),
]


@pytest.mark.parametrize(("form", "expected"), MARKED)
def test_markers_are_parsed_and_removed(form: str, expected: list[tuple[MarkerKind, int, str]]) -> None:
    title, markers = split_markers(form.format(RAIN))
    assert title == RAIN
    assert [(m.kind, m.number, m.detail) for m in markers] == expected


def test_every_kind_has_a_test_case() -> None:
    assert {kind for _, expected in MARKED for kind, _, _ in expected} == set(MarkerKind)


@pytest.mark.parametrize(
    "headline",
    [
        "Kill Bill returns to cinemas",
        "Update your phone, says maker",
        "Update-hungry phones drain power grid",
        "Lead: poison in old pipes",
        "Lead-free petrol comes to Samoa",
        "LEAD-free petrol comes to Samoa",
        "Hold: an opera in four acts",
        "HOLD-UP at bank",
        "HOLD-UPS RISE",
        "KILL-SWITCH LAW PASSES",
        "Flash floods in Nepal",
        "Breaking bread: a history",
        "Urgent appeal for blood",
        "Alert driver saves child",
        "Embargo on wheat eased",
        "EMBARGO ON WHEAT EASED",
        "Take 2: the sequel",
        "Study adds weight (to claims)",
        "Ferry sinks (video)",
        "Wrap: how tortillas won",
        "1+1=2",
        "x = 2",
        "Band's second single - Update Me",
        "Correction in markets ends",
        "Repeat offender: a portrait",
        "",
        "-",
    ],
)
def test_headlines_without_markers(headline: str) -> None:
    assert split_markers(headline) == (headline, ())


@pytest.mark.parametrize("headline", ["STORY WITHDRAWN", "KILL", "THIS STORY HAS BEEN WITHDRAWN."])
def test_a_headline_of_markers_alone_stays(headline: str) -> None:
    title, markers = split_markers(headline)
    assert title == headline
    assert [m.kind for m in markers] == [K.KILL]


def test_a_marker_keeps_its_text() -> None:
    assert split_markers(f"UPDATE 2-{RAIN} (adds quotes)")[1] == (
        Marker(kind=K.UPDATE, text="UPDATE 2", number=2),
        Marker(kind=K.RECAST, text="(adds quotes)", detail="quotes"),
    )


def test_markers_of_a_headline_in_capitals() -> None:
    assert split_markers("UPDATE 2-RAIN STOPS PLAY")[0] == "RAIN STOPS PLAY"
    assert split_markers("URGENT: RAIN STOPS PLAY")[0] == "RAIN STOPS PLAY"


def test_at_most_max_markers_are_removed() -> None:
    assert len(split_markers("UPDATE 1-" * (MAX_MARKERS + 3) + RAIN)[1]) == MAX_MARKERS


def test_a_line_that_is_too_long_is_not_searched() -> None:
    line = "UPDATE 2-" + "x" * MAX_HEADLINE_CHARS
    assert split_markers(line) == (line, ())


@given(st.one_of(st.text(max_size=60), st.text(alphabet="UPDATEKILLHODRsh 12-:()=[]—/", max_size=60)))
def test_any_text_can_be_split(text: str) -> None:
    title, markers = split_markers(text)
    assert title in text
    assert bool(title) == bool(text.strip())
    assert len(markers) <= MAX_MARKERS
    assert all(m.text in text for m in markers)
