"""Time, source and archive name of a dump."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from digest.ingest.archive.metadata import DumpTime, copy_name, dump_time_of, is_same_dump, numbered_name, source_of
from digest.ingest.archive.sources import DumpInput
from digest.wire import parse_dump_name

ZURICH = ZoneInfo("Europe/Zurich")


def _input(name: str) -> DumpInput:
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
def test_time_from_option_or_file_name(name: str, at: str, seen: str) -> None:
    stamp, issues = dump_time_of(_input(name), at, ZURICH)
    assert (stamp.seen, issues) == (seen, ())


def test_time_from_the_mtime_with_a_warning() -> None:
    stamp, issues = dump_time_of(_input("latest.txt"), "", ZURICH)
    assert stamp.seen == "2026-03-11T00:30+01:00"
    assert stamp.is_guess
    assert [(issue.code, issue.place.file) for issue in issues] == [("dump-time-guessed", "tray/latest.txt")]


def test_a_day_sorts_as_midnight_in_the_sites_zone() -> None:
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
def test_source_from_option_file_name_or_only_byline(
    name: str, chosen: str, agencies: tuple[str, ...], source: str
) -> None:
    assert source_of(_input(name), chosen, agencies) == (source, ())


@pytest.mark.parametrize("agencies", [(), ("NW", "MDL")])
def test_an_unknown_source_is_an_issue(agencies: tuple[str, ...]) -> None:
    source, issues = source_of(_input("2026-02-05.txt"), "", agencies)
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
def test_the_name_of_a_copy_states_time_and_source(name: str, at: str, source: str, chosen: str, copy: str) -> None:
    stamp, _ = dump_time_of(_input(name), at, ZURICH)
    assert copy_name(_input(name), stamp, source, chosen) == copy
    said = parse_dump_name(copy)
    assert said is not None
    assert (said.day, said.time) == (stamp.day, stamp.clock)


def test_the_number_of_a_copy_changes_nothing_else() -> None:
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
def test_equal_content_is_one_dump_unless_time_or_source_differ(
    copy: str, name: str, chosen: str, *, same: bool
) -> None:
    stamp, _ = dump_time_of(_input(name), "", ZURICH)
    assert is_same_dump(copy, _input(name), stamp, chosen) is same
