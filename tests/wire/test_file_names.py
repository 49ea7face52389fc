"""Parsing of dump file names."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.wire import DumpName, parse_dump_name

DAY = datetime.date(2026, 2, 5)


@pytest.mark.parametrize(
    ("filename", "time", "source"),
    [
        ("2026-02-05-sf-pst.txt", None, "SF-PST"),
        ("2026-02-05T1410-sf-pst.txt", datetime.time(14, 10), "SF-PST"),
        ("2026-02-05T14:10.txt", datetime.time(14, 10), ""),
        ("2026-02-05T0000", datetime.time(0, 0), ""),
        ("2026-02-05", None, ""),
        ("headlines 2026-02-05.txt", None, ""),
        ("inbox/evening/2026-02-05-nwa.txt", None, "NWA"),
        ("C:\\inbox\\2026-02-05-nwa.txt", None, "NWA"),
        ("2026-02-05_north_west.txt", None, "NORTH-WEST"),
        ("2026-02-05 - north west .txt", None, "NORTH-WEST"),
        ("2026-02-05-nwa (1).txt", None, "NWA"),
        ("2026-02-05-\u202enwa\n.txt", None, "NWA"),
        ("2026-02-30-2026-02-05-nwa.txt", None, "NWA"),
        ("2026-02-05T2410-nwa.txt", None, "NWA"),
        ("2026-02-05T1460-nwa.txt", None, "NWA"),
    ],
)
def test_names_with_a_date(filename: str, time: datetime.time | None, source: str) -> None:
    assert parse_dump_name(filename) == DumpName(day=DAY, time=time, source=source)


@pytest.mark.parametrize(
    "filename",
    ["", "headlines.txt", "2026-02-30.txt", "2025-02-29.txt", "2026-13-01.txt", "0000-01-01.txt", "2026-2-5.txt",
     "12026-02-05.txt", "2026-02-051.txt", "20260205.txt", "2026-02-05/headlines.txt", "٢٠٢٦-٠٢-٠٥.txt"],
)  # fmt: skip
def test_names_without_a_date(filename: str) -> None:
    assert parse_dump_name(filename) is None


@given(st.dates(min_value=datetime.date(1000, 1, 1)), st.sampled_from(["NWA", "SF-PST", "N24", "A&B"]))
def test_date_and_source_round_trip(day: datetime.date, source: str) -> None:
    assert parse_dump_name(f"{day.isoformat()}-{source.lower()}.txt") == DumpName(day=day, source=source)


@given(st.text())
def test_any_text_can_be_parsed(filename: str) -> None:
    name = parse_dump_name(filename)
    assert name is None or name.source == name.source.strip("-.").upper()
