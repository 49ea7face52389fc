"""A save to the screen: real files, a real server, a real stream of news."""

import asyncio
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from digest.builder import Workshop
from digest.builder.incremental import deferred
from digest.issues import Severity
from digest.preview import listen
from digest.preview.builder import Builder
from tests.preview.running import NOW, PAGE, Running, failed, new_site, preview


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one page."""
    return new_site(tmp_path / "site")


def _save(running: Running, title: str) -> None:
    (running.site / "content/ferry.md").write_text(PAGE.format(title=title))


def test_a_save_is_built_and_published(site: Path) -> None:
    with preview(site) as running, running.news() as news:
        first = next(news)
        assert first["issues"] == []
        assert f'data-epoch="{first["epoch"]}"' in running.get("/").text
        _save(running, "Ferry stays in port")
        assert next(news)["epoch"] != first["epoch"]
        assert "Ferry stays in port" in running.get("/").text


def test_new_and_deleted_pages_are_built(site: Path) -> None:
    with preview(site) as running, running.news() as news:
        next(news)
        (site / "content/library.md").write_text(PAGE.format(title="Library opens"))
        next(news)
        assert "Library opens" in running.get("/").text
        (site / "content/library.md").unlink()
        next(news)
        assert "Library opens" not in running.get("/").text


def test_events_name_exactly_the_changed_pages(site: Path) -> None:
    (site / "content/library.md").write_text(PAGE.format(title="Library opens").replace("europe", "africa"))
    with preview(site) as running, running.news() as news:
        assert next(news)["changed"] == []
        _save(running, "Ferry stays in port")
        told = next(news)
        assert {"/", "/region/europe/", "/2026/03/12/"} <= set(told["changed"])
        assert not {"/region/africa/", "/2026/03/12/library-opens/"} & set(told["changed"])
        assert (told["everything"], told["assets"]) == (False, [])


def test_events_name_moved_and_removed_pages(site: Path) -> None:
    page = PAGE.format(title="Ferry sails again").replace("---\n\n", "id: n000000001\n---\n\n")
    (site / "content/ferry.md").write_text(page)
    with preview(site) as running, running.news() as news:
        next(news)
        (site / "content/ferry.md").write_text(page.replace("---\n\n", "slug: boat\n---\n\n"))
        told = next(news)
        assert told["moved"] == {"/2026/03/12/ferry-sails-again/": "/2026/03/12/boat/"}
        assert "/2026/03/12/boat/" in told["changed"]
        (site / "content/ferry.md").unlink()
        assert "/2026/03/12/boat/" in next(news)["removed"]


def test_event_paths_include_the_base_path(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site", 'base_url = "https://example.org/news/"')
    with preview(site) as running, running.news() as news:
        next(news)
        _save(running, "Ferry stays in port")
        assert "/news/region/europe/" in next(news)["changed"]


def test_changed_static_files_are_assets(site: Path) -> None:
    with preview(site) as running, running.news() as news:
        next(news)
        (site / "static").mkdir()
        (site / "static/lake.svg").write_text("<svg/>")
        assert next(news)["assets"] == ["/lake.svg"]


def test_a_browser_that_reconnects_gets_the_changes_it_missed(site: Path) -> None:
    with preview(site) as running:
        with running.news() as news:
            first = next(news)
            _save(running, "Ferry stays in port")
            next(news)
            (site / "content/library.md").write_text(PAGE.format(title="Library opens").replace("europe", "africa"))
            last = next(news)
        for away in ({"Last_Event_ID": first["epoch"]}, {"epoch": first["epoch"]}):
            with running.news(**away) as again:
                missed = next(again)
            assert missed["epoch"] == last["epoch"]
            assert {"/region/europe/", "/region/africa/"} <= set(missed["changed"])
        with running.news(Last_Event_ID="0badcafe-1") as again:
            assert next(again)["everything"]


def test_issues_are_sent_until_they_are_fixed_and_the_last_good_output_stays(site: Path) -> None:
    with preview(site) as running, running.news() as news:
        first = next(news)
        (site / "digest.toml").write_text('[site]\ntitle = "The Lake"\ntime_zone = "Nowhere"\n')
        wrong = next(news)
        assert wrong["epoch"] == first["epoch"]
        (shown,) = wrong["issues"]
        assert (shown["code"], shown["place"]) == ("config-value", "digest.toml:3:1")
        assert (shown["line"], shown["caret"]) == ('time_zone = "Nowhere"', "^")
        assert shown["editor"].endswith("/digest.toml:3:1")
        assert "Ferry sails again" in running.get("/").text
        (site / "digest.toml").write_text('[site]\ntitle = "The Lake"\n')
        assert next(news)["issues"] == []
        assert [bool(issues) for issues in running.told] == [True, False]


def test_a_template_with_a_syntax_error_keeps_the_old_pages(site: Path) -> None:
    with preview(site) as running, running.news() as news:
        next(news)
        (site / "templates").mkdir()
        (site / "templates/404.html").write_text("{% if %}")
        shown = next(news)["issues"]
        assert "template-syntax" in [i["code"] for i in shown]
        assert "Ferry sails again" in running.get("/").text


def test_a_site_with_a_broken_configuration_is_built_once_it_is_fixed(site: Path) -> None:
    (site / "digest.toml").write_text("[site")
    with preview(site) as running, running.news() as news:
        assert next(news)["issues"][0]["code"] == "config-syntax"
        nothing = running.get("/")
        assert nothing.status == 404
        assert "/-/digest/preview.js" in nothing.text
        (site / "digest.toml").write_text('[site]\ntitle = "The Lake"\n')
        assert next(news)["issues"] == []
        assert "Ferry sails again" in running.get("/").text


def test_a_new_browser_gets_no_past_changes(site: Path) -> None:
    with preview(site) as running:
        with running.news() as news:
            next(news)
            _save(running, "Ferry stays in port")
            newest = next(news)
        with running.news() as again:
            assert next(again) == newest | {"changed": [], "moved": {}}


def test_drafts_are_shown(site: Path) -> None:
    text = PAGE.format(title="Ferry sold").replace("---\n\n", "status: draft\n---\n\n")
    (site / "content/sold.md").write_text(text)
    with preview(site) as running:
        assert "Ferry sold" in running.get("/").text


def test_an_exception_in_a_build_becomes_an_issue(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with preview(site) as running, running.news() as news:
        next(news)

        def broken(*_args: object) -> None:
            raise ZeroDivisionError("of ours")

        with monkeypatch.context() as bug:
            bug.setattr(Workshop, "build", broken)
            _save(running, "Ferry stays in port")
            assert next(news)["issues"][0]["message"] == "bug: of ours"
        _save(running, "Ferry sails at noon")
        assert next(news)["issues"] == []
        assert "Ferry sails at noon" in running.get("/").text


def test_the_site_is_built_again_at_its_next_change(site: Path) -> None:
    text = PAGE.format(title="Ferry sold").replace("---\n\n", "embargo: 2026-03-12T12:30:00Z\n---\n\n")
    (site / "content/sold.md").write_text(text)
    clock = [NOW]
    builder = Builder(site, lambda: clock[0], lambda _: None, failed)
    first = builder.build()
    patience = builder.wait_s()
    assert patience is not None
    assert patience <= 1800
    clock[0] += timedelta(seconds=patience)
    assert builder.build().epoch != first.epoch


def test_long_pages_are_built_after_the_save(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deferred, "LONG", 1)
    with preview(site) as running, running.news() as news:
        next(news)
        _save(running, "Ferry stays in port")
        told = next(news)["changed"]
        assert "/" in told
        assert "/region/europe/2026/03/" not in told
        while "/region/europe/2026/03/" not in told:
            told = next(news)["changed"]
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
    with preview(site) as running, running.news() as news:
        next(news)
        running.session.stop()
        assert list(news) == []


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
    news = Builder(site, lambda: NOW, lambda _: None, failed).build()
    assert {i["severity"] for i in news.issues} == {str(Severity.WARNING)}


def test_nagles_algorithm_is_off() -> None:
    """Without `TCP_NODELAY` the body of each answer is held back until its head was acknowledged: 40 ms."""

    async def is_sent_at_once() -> bool:
        listening, accepted = listen("127.0.0.1", 0, exact=True), asyncio.get_running_loop().create_future()
        server = await asyncio.start_server(lambda _, writer: accepted.set_result(writer), sock=listening)
        async with server:
            _, browser = await asyncio.open_connection(*listening.getsockname())
            writer = await accepted
            found = writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            browser.close()
            writer.close()
        return bool(found)

    assert asyncio.run(is_sent_at_once())
