"""Days and moments in front matter."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.content.fields.times import moment_of, parse_when

DAY = date(2026, 3, 10)
HOUR = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-03-10", None),
        ("2026-03-10T06:10", time(6, 10)),
        ("2026-03-10t06:10:30", time(6, 10, 30)),
        ("2026-03-10 06:10", time(6, 10)),
        ("2026-03-10T06:10Z", time(6, 10, tzinfo=UTC)),
        ("2026-03-10T06:10:30.25z", time(6, 10, 30, tzinfo=UTC)),
        ("2026-03-10T06:10+01:00", time(6, 10, tzinfo=HOUR)),
        ("2026-03-10 06:10 +01", time(6, 10, tzinfo=HOUR)),
        ("2026-03-10T06:10-0330", time(6, 10, tzinfo=timezone(-timedelta(hours=3, minutes=30)))),
    ],
)
def test_valid_dates(written: str, at: time | None) -> None:
    assert parse_when(written) == (DAY, at)


@pytest.mark.parametrize(
    "written",
    [
        "", "today", "2026", "2026-03", "2026-3-10", "10.3.2026", "2026-03-32", "2026-02-29", "0999-01-01",
        "9000-01-01", "2026-03-10T", "2026-03-10T6:10", "2026-03-10T24:00", "2026-03-10T06:60", "2026-03-10T06:10:61",
        "2026-03-10T0610", "2026-03-10T06:10+24:00", "2026-03-10T06:10 CET", "2026-03-10Z", "2026-03-10\n",
        "２０２６-03-10",
    ],
)  # fmt: skip
def test_invalid_dates(written: str) -> None:
    assert parse_when(written) is None


def test_the_zone_of_the_site_is_that_of_the_day() -> None:
    zurich = ZoneInfo("Europe/Zurich")
    assert moment_of(date(2026, 1, 10), time(12), zurich).utcoffset() == timedelta(hours=1)
    assert moment_of(date(2026, 7, 10), time(12), zurich).utcoffset() == timedelta(hours=2)
    assert moment_of(DAY, time(6, 10, tzinfo=UTC), zurich).isoformat() == "2026-03-10T06:10:00+00:00"


def test_offsets_are_whole_minutes() -> None:
    # Amsterdam kept 19 minutes and 32 seconds before Greenwich noon until 1937.
    moment = moment_of(date(1930, 1, 10), time(12), ZoneInfo("Europe/Amsterdam"))
    assert moment == datetime.fromisoformat(moment.isoformat())
    assert (moment.utcoffset() or timedelta()).total_seconds() % 60 == 0


@given(st.text(max_size=30) | st.from_regex(r"\A\d{4}-\d\d-\d\d[T ]\d\d:\d\d[+-]\d\d:\d\d\Z"))
def test_any_text_is_accepted(written: str) -> None:
    when = parse_when(written)
    if when and when[1] and when[1].tzinfo:
        moment = moment_of(*when, UTC)  # type: ignore[arg-type] # the time is there
        assert moment.astimezone(ZoneInfo("Pacific/Kiritimati")) == moment
        assert moment.date() == when[0]
