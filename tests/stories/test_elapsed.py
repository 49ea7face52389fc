"""Hours between items."""

import pytest

from digest.stories.elapsed import hours_between

from .newsdesk import known


@pytest.mark.parametrize(
    ("a", "b", "hours"),
    [
        ("2026-03-02T08:00:00", "2026-03-02T09:30:00", 1.5),
        ("2026-03-02T08:00:00+00:00", "2026-03-02T08:00:00+02:00", 2.0),
        ("2026-03-02", "2026-03-03", 24.0),
        ("2026-03-03", "2026-03-02", 24.0),
        ("2026-03-02", "2026-03-02T23:00:00", 0.0),
        ("2026-03-02T08:00:00", "2026-03-03T08:00:00+00:00", 24.0),
        ("2026-03-02T99:00", "2026-03-03T08:00", 24.0),
    ],
)
def test_hours_between_items(a: str, b: str, hours: float) -> None:
    assert hours_between(known("x", a[:10], seen=a), known("x", b[:10], seen=b)) == hours


@pytest.mark.parametrize("seen", ["long ago", "2026", "2026-13-45"])
def test_invalid_seen_time_uses_the_date(seen: str) -> None:
    assert hours_between(known("x", "2026-03-02", seen=seen), known("x", "2026-03-04")) == 48.0
