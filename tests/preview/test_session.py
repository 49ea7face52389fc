"""A whole session: real files, a real server, a real event stream."""

import asyncio
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from digest.builder import ResidentBuilder
from digest.builder.incremental import deferred
from digest.issues import Severity
from digest.preview import listen
from digest.preview.builder import Builder
from tests.preview.running import NOW, PAGE, RunningPreview, issue_of_error, new_site, preview


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one page."""
    return new_site(tmp_path / "site")


def _save(running: RunningPreview, title: str) -> None:
    (running.site / "content/ferry.md").write_text(PAGE.format(title=title))


def test_a_save_is_built_and_published(site: Path) -> None:
    with preview(site) as running, running.events() as events:
        first = next(events)
        assert first["issues"] == []
        assert f'data-epoch="{first["epoch"]}"' in running.get("/").text
        _save(running, "Ferry stays in port")
        assert next(events)["epoch"] != first["epoch"]
        assert "Ferry stays in port" in running.get("/").text


def test_new_and_deleted_pages_are_built(site: Path) -> None:
    with preview(site) as running, running.events() as events:
        next(events)
        (site / "content/library.md").write_text(PAGE.format(title="Library opens"))
        next(events)
        assert "Library opens" in running.get("/").text
        (site / "content/library.md").unlink()
        next(events)
        assert "Library opens" not in running.get("/").text


def test_events_name_exactly_the_changed_pages(site: Path) -> None:
    (site / "content/library.md").write_text(PAGE.format(title="Library opens").replace("europe", "africa"))
    with preview(site) as running, running.events() as events:
        assert next(events)["changed"] == []
        _save(running, "Ferry stays in port")
        event = next(events)
        assert {"/", "/region/europe/", "/2026/03/12/"} <= set(event["changed"])
        assert not {"/region/africa/", "/2026/03/12/library-opens/"} & set(event["changed"])
        assert (event["everything"], event["assets"]) == (False, [])


def test_events_name_moved_and_removed_pages(site: Path) -> None:
    page = PAGE.format(title="Ferry sails again").replace("---\n\n", "id: n000000001\n---\n\n")
    (site / "content/ferry.md").write_text(page)
    with preview(site) as running, running.events() as events:
        next(events)
        (site / "content/ferry.md").write_text(page.replace("---\n\n", "slug: boat\n---\n\n"))
        event = next(events)
        assert event["moved"] == {"/2026/03/12/ferry-sails-again/": "/2026/03/12/boat/"}
        assert "/2026/03/12/boat/" in event["changed"]
        (site / "content/ferry.md").unlink()
        assert "/2026/03/12/boat/" in next(events)["removed"]


def test_event_paths_include_the_base_path(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site", 'base_url = "https://example.org/news/"')
    with preview(site) as running, running.events() as events:
        next(events)
        _save(running, "Ferry stays in port")
        assert "/news/region/europe/" in next(events)["changed"]


def test_changed_static_files_are_assets(site: Path) -> None:
    with preview(site) as running, running.events() as events:
        next(events)
        (site / "static").mkdir()
        (site / "static/lake.svg").write_text("<svg/>")
        assert next(events)["assets"] == ["/lake.svg"]


def test_a_browser_that_reconnects_gets_the_changes_it_missed(site: Path) -> None:
    with preview(site) as running:
        with running.events() as events:
            first = next(events)
            _save(running, "Ferry stays in port")
            next(events)
            (site / "content/library.md").write_text(PAGE.format(title="Library opens").replace("europe", "africa"))
            last = next(events)
        for known_epoch in ({"Last_Event_ID": first["epoch"]}, {"epoch": first["epoch"]}):
            with running.events(**known_epoch) as again:
                missed = next(again)
            assert missed["epoch"] == last["epoch"]
            assert {"/region/europe/", "/region/africa/"} <= set(missed["changed"])
        with running.events(Last_Event_ID="0badcafe-1") as again:
            assert next(again)["everything"]


def test_issues_are_sent_until_they_are_fixed_and_the_last_good_output_stays(site: Path) -> None:
    with preview(site) as running, running.events() as events:
        first = next(events)
        (site / "digest.toml").write_text('[site]\ntitle = "The Lake"\ntime_zone = "Nowhere"\n')
        event = next(events)
        assert event["epoch"] == first["epoch"]
        (problem,) = event["issues"]
        assert (problem["code"], problem["place"]) == ("config-value", "digest.toml:3:1")
        assert (problem["line"], problem["caret"]) == ('time_zone = "Nowhere"', "^")
        assert problem["editor"].endswith("/digest.toml:3:1")
        assert "Ferry sails again" in running.get("/").text
        (site / "digest.toml").write_text('[site]\ntitle = "The Lake"\n')
        assert next(events)["issues"] == []
        assert [bool(issues) for issues in running.reported] == [True, False]


def test_a_template_with_a_syntax_error_keeps_the_old_pages(site: Path) -> None:
    with preview(site) as running, running.events() as events:
        next(events)
        (site / "templates").mkdir()
        (site / "templates/404.html").write_text("{% if %}")
        issues = next(events)["issues"]
        assert "template-syntax" in [i["code"] for i in issues]
        assert "Ferry sails again" in running.get("/").text


def test_a_site_with_a_broken_configuration_is_built_once_it_is_fixed(site: Path) -> None:
    (site / "digest.toml").write_text("[site")
    with preview(site) as running, running.events() as events:
        assert next(events)["issues"][0]["code"] == "config-syntax"
        response = running.get("/")
        assert response.status == 404
        assert "/-/digest/preview.js" in response.text
        (site / "digest.toml").write_text('[site]\ntitle = "The Lake"\n')
        assert next(events)["issues"] == []
        assert "Ferry sails again" in running.get("/").text


def test_a_new_browser_gets_no_past_changes(site: Path) -> None:
    with preview(site) as running:
        with running.events() as events:
            next(events)
            _save(running, "Ferry stays in port")
            latest = next(events)
        with running.events() as again:
            assert next(again) == latest | {"changed": [], "moved": {}}


def test_drafts_are_shown(site: Path) -> None:
    text = PAGE.format(title="Ferry sold").replace("---\n\n", "status: draft\n---\n\n")
    (site / "content/sold.md").write_text(text)
    with preview(site) as running:
        assert "Ferry sold" in running.get("/").text


def test_an_exception_in_a_build_becomes_an_issue(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with preview(site) as running, running.events() as events:
        next(events)

        def broken(*_args: object) -> None:
            raise ZeroDivisionError("cause")

        with monkeypatch.context() as patch:
            patch.setattr(ResidentBuilder, "build", broken)
            _save(running, "Ferry stays in port")
            assert next(events)["issues"][0]["message"] == "bug: cause"
        _save(running, "Ferry sails at noon")
        assert next(events)["issues"] == []
        assert "Ferry sails at noon" in running.get("/").text


def test_the_site_is_built_again_at_its_next_change(site: Path) -> None:
    text = PAGE.format(title="Ferry sold").replace("---\n\n", "embargo: 2026-03-12T12:30:00Z\n---\n\n")
    (site / "content/sold.md").write_text(text)
    clock = [NOW]
    builder = Builder(site, lambda: clock[0], lambda _: None, issue_of_error)
    first = builder.build()
    wait_s = builder.wait_s()
    assert wait_s is not None
    assert wait_s <= 1800
    clock[0] += timedelta(seconds=wait_s)
    assert builder.build().epoch != first.epoch


def test_long_pages_are_built_after_the_save(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deferred, "LONG_PAGE_CARDS", 1)
    with preview(site) as running, running.events() as events:
        next(events)
        _save(running, "Ferry stays in port")
        changed = next(events)["changed"]
        assert "/" in changed
        assert "/region/europe/2026/03/" not in changed
        while "/region/europe/2026/03/" not in changed:
            changed = next(events)["changed"]
        assert "Ferry stays in port" in running.get("/region/europe/2026/03/").text


def test_a_session_leaves_no_files_and_frees_its_port(site: Path) -> None:
    before = {p.name for p in site.iterdir()}
    with preview(site) as running:
        port = running.port
    assert {p.name for p in site.iterdir()} - before == {".digest"}
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))


def test_stop_does_not_wait_for_open_streams(site: Path) -> None:
    with preview(site) as running, running.events() as events:
        next(events)
        running.session.stop()
        assert list(events) == []


def test_a_busy_port_falls_back_to_the_next_free_one_unless_exact() -> None:
    taken = listen("127.0.0.1", 0, exact=True)
    port = taken.getsockname()[1]
    other = listen("127.0.0.1", port, exact=False)
    try:
        assert other.getsockname()[1] > port
        with pytest.raises(OSError, match="in use"):
            listen("127.0.0.1", port, exact=True)
    finally:
        taken.close()
        other.close()


def test_the_overlay_shows_warnings_and_no_notes(site: Path) -> None:
    (site / "content/odd.md").write_text(PAGE.format(title="Odd").replace("date:", "colour: red\ndate:"))
    event = Builder(site, lambda: NOW, lambda _: None, issue_of_error).build()
    assert {i["severity"] for i in event.issues} == {str(Severity.WARNING)}


def test_nagles_algorithm_is_off() -> None:
    """Without `TCP_NODELAY`, the body of a response waits until its head is acknowledged: 40 ms."""

    async def is_sent_at_once() -> bool:
        listening, accepted = listen("127.0.0.1", 0, exact=True), asyncio.get_running_loop().create_future()
        server = await asyncio.start_server(lambda _, writer: accepted.set_result(writer), sock=listening)
        async with server:
            _, browser = await asyncio.open_connection(*listening.getsockname())
            writer = await accepted
            option = writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            browser.close()
            writer.close()
        return bool(option)

    assert asyncio.run(is_sent_at_once())
