"""The output changes by itself only at the instants that `next_change` announces."""

from datetime import timedelta
from pathlib import Path

from tests.newsroom import CONFIG, NOW, Newsroom

STEP = timedelta(hours=5)


def test_a_week_of_clocks(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, f"{CONFIG}days = 4\n")
    room.item("plain", body="Words.", date=(NOW - timedelta(hours=3)).isoformat())
    room.item("brief", "2026-03-11")
    room.item("rights", "2026-03-11", "Words.", source="NW-UTC")
    room.item("embargo", body="Words.", embargo=(NOW + timedelta(hours=31)).isoformat())
    room.item("schedule", body="Words.", publish_at=(NOW + timedelta(days=3)).isoformat())
    room.item("expires", body="Words.", expires=(NOW + timedelta(days=2, minutes=7)).isoformat(), aliases=["/old/"])
    room.item("later", "2026-03-12", "More words.", version_of="n0000plain", embargo=(NOW + 2 * STEP).isoformat())
    now, changes = NOW, 0
    announced = room.build(now).next_change
    before = room.files()
    while now < NOW + timedelta(days=7):
        now += STEP
        report = room.build(now)
        after = room.files()
        due = announced is not None and announced <= now
        assert due or after == before, now
        changes += after != before
        assert report.next_change is None or report.next_change > now
        assert after == room.clean(tmp_path / f"clean-{now:%d-%H}", now)
        announced, before = report.next_change, after
    assert changes >= 6
    assert announced is None, "a week later nothing is to come"
