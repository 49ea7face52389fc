"""When a dump was seen, who sent it, and what its copy is called."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from digest.ingest.archive.sources import DumpInput
from digest.ingest.archive.stamps import DumpTime, copy_name, dump_time_of, is_same_dump, numbered_name, source_of
from digest.wire import parse_dump_name

ZURICH = ZoneInfo("Europe/Zurich")


def _given(name: str) -> DumpInput:
    return DumpInput(label=f"tray/{name}", name=name, modified=datetime(2026, 3, 10, 23, 30, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("name", "at", "seen"),
    [
        ("2026-02-05-sf-pst.txt", "", "2026-02-05"),
        ("2026-02-05T1410-sf-pst.txt", "", "2026-02-05T14:10"),
        ("2026-02-05T1410-sf-pst.txt", "2026-02-06", "2026-02-06"),
        ("latest.txt", "2026-02-06T09:00+01:00", "2026-02-06T09:00+01:00"),
        ("latest.txt", "2026-02-06 09:00Z", "2026-02-06T09:00+00:00"),
    ],
)
def test_the_caller_goes_before_the_name(name: str, at: str, seen: str) -> None:
    stamp, issues = dump_time_of(_given(name), at, ZURICH)
    assert (stamp.seen, issues) == (seen, ())


def test_without_either_the_files_own_time_is_taken_with_a_warning() -> None:
    stamp, issues = dump_time_of(_given("latest.txt"), "", ZURICH)
    assert stamp.seen == "2026-03-11T00:30+01:00"
    assert stamp.is_guess
    assert [(issue.code, issue.place.file) for issue in issues] == [("dump-time-guessed", "tray/latest.txt")]


def test_a_day_begins_with_its_first_moment_in_the_zone_of_the_site() -> None:
    day = DumpTime(day=date(2026, 3, 10)).moment(ZURICH)
    assert day.isoformat() == "2026-03-10T00:00:00+01:00"
    assert DumpTime(day=date(2026, 3, 10), clock=time(0, 1)).moment(ZURICH) > day
    assert DumpTime(day=date(2026, 3, 10), clock=time(0, 1, tzinfo=UTC)).moment(ZURICH).hour == 0


@pytest.mark.parametrize(
    ("name", "chosen", "agencies", "source"),
    [
        ("2026-02-05-sf-pst.txt", "MDL", ("NW",), "MDL"),
        ("2026-02-05-sf-pst.txt", "", ("NW",), "SF-PST"),
        ("2026-02-05.txt", "", ("NW",), "NW"),
        ("latest.txt", "", ("NW",), "NW"),
    ],
)
def test_the_source_is_said_by_the_caller_the_name_or_the_only_byline(
    name: str, chosen: str, agencies: tuple[str, ...], source: str
) -> None:
    assert source_of(_given(name), chosen, agencies) == (source, ())


@pytest.mark.parametrize("agencies", [(), ("NW", "MDL")])
def test_a_source_is_never_guessed(agencies: tuple[str, ...]) -> None:
    source, issues = source_of(_given("2026-02-05.txt"), "", agencies)
    assert source == ""
    assert [issue.code for issue in issues] == ["dump-source-unknown"]


@pytest.mark.parametrize(
    ("name", "at", "source", "chosen", "copy"),
    [
        ("2026-02-05-sf-pst.txt", "", "SF-PST", "", "2026-02-05-sf-pst.txt"),
        ("2026-02-05-sf-pst.txt", "", "SF-PST", "sf-pst", "2026-02-05-sf-pst.txt"),
        ("2026-02-05.txt", "", "NW", "", "2026-02-05.txt"),
        ("2026-02-05-sf-pst.txt", "", "MDL", "MDL", "2026-02-05-mdl.txt"),
        ("2026-02-05-sf-pst.txt", "2026-02-06T07:05", "SF-PST", "", "2026-02-06T0705-sf-pst.txt"),
        ("2026-02-05-sf-pst.log", "", "SF-PST", "", "2026-02-05-sf-pst.txt"),
        ("latest.txt", "2026-02-06", "A/../b C", "A/../b C", "2026-02-06-a-..-b-c.txt"),
        ("latest.txt", "2026-02-06", "", "", "2026-02-06.txt"),
    ],
)
def test_a_copy_is_called_so_that_its_name_says_time_and_source(
    name: str, at: str, source: str, chosen: str, copy: str
) -> None:
    stamp, _ = dump_time_of(_given(name), at, ZURICH)
    assert copy_name(_given(name), stamp, source, chosen) == copy
    said = parse_dump_name(copy)
    assert said is not None
    assert (said.day, said.time) == (stamp.day, stamp.clock)


def test_a_numbered_copy_says_the_same_as_the_first() -> None:
    assert numbered_name("2026-02-05-sf-pst.txt", 1) == "2026-02-05-sf-pst.txt"
    assert parse_dump_name(numbered_name("2026-02-05-sf-pst.txt", 12)) == parse_dump_name("2026-02-05-sf-pst.txt")


@pytest.mark.parametrize(
    ("copy", "name", "chosen", "same"),
    [
        ("2026-02-05-sf-pst.txt", "2026-02-05-sf-pst.txt", "", True),
        ("2026-02-05-sf-pst.txt", "latest.txt", "", True),
        ("2026-02-05-sf-pst.txt", "2026-02-05.txt", "", True),
        ("2026-02-05-sf-pst.txt", "2026-02-05-mdl.txt", "", False),
        ("2026-02-05-sf-pst.txt", "2026-02-05-sf-pst.txt", "MDL", False),
        ("2026-02-05-sf-pst.txt", "2026-02-06-sf-pst.txt", "", False),
        ("2026-02-05-sf-pst.txt", "2026-02-05T1200-sf-pst.txt", "", False),
        ("undated.txt", "latest.txt", "", False),
    ],
)
def test_equal_content_is_one_dump_unless_time_or_source_are_said_to_differ(
    copy: str, name: str, chosen: str, *, same: bool
) -> None:
    stamp, _ = dump_time_of(_given(name), "", ZURICH)
    assert is_same_dump(copy, _given(name), stamp, chosen) is same
