"""Lines that build the site at the next instant."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.cli.actions.schedule import ci, cron, systemd
from tests.cli.running import digest
from tests.cli.sites import new_site

AT = datetime(2026, 3, 12, 22, 59, 30, tzinfo=UTC)


@pytest.fixture
def _machine_in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_machine_in_tokyo")
def test_cron_reads_its_lines_in_the_zone_of_the_machine_and_to_the_minute() -> None:
    assert cron(AT, "/srv/the paper") == "0 8 13 3 * digest build --site '/srv/the paper'"


def test_systemd_arms_a_timer_to_the_second() -> None:
    line = "systemd-run --user --on-calendar='2026-03-12 22:59:30 UTC' digest build --site /srv/paper"
    assert systemd(AT, "/srv/paper") == line


def test_a_workflow_reads_utc() -> None:
    assert ci(AT, "/srv/paper") == '- cron: "0 23 12 3 *"  # 2026-03-12T23:00Z'


def test_the_command(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    page = site / "content/2026/03/12/x.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: X\nembargo: 2026-03-12T23:00:00Z\n---\n")
    asked = ("next", "--now", "2026-03-12T12:00Z")
    assert digest(*asked, "--format", "ci", cwd=site).out == '- cron: "0 23 12 3 *"  # 2026-03-12T23:00Z\n'
    assert str(site.resolve()) in digest(*asked, "--format", "systemd", cwd=site).out
    said = digest(*asked, "--format", "cron", "--json", cwd=site).document
    assert said["line"].endswith(f"digest build --site {site.resolve()}")
    assert said["next"].startswith("2026-03-1")
    late = digest("next", "--now", "2027-01-01T00:00Z", "--format", "ci", cwd=site)
    assert late.out == "# the output does not change by itself\n"
