"""The web application: pages, media types, redirects, refused requests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.preview.running import RunningPreview, new_site, preview


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPreview]:
    """One preview for all tests of this module."""
    site = new_site(tmp_path_factory.mktemp("site"))
    with preview(site) as session:
        yield session


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/region/europe/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/atom+xml"),
        ("/feed.json", "application/feed+json"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/-/digest/preview.js", "text/javascript; charset=utf-8"),
    ],
)
def test_files_have_a_media_type_and_are_revalidated(running: RunningPreview, path: str, kind: str) -> None:
    response = running.get(path)
    assert (response.status, response.headers["content-type"]) == (200, kind)
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_served_pages_have_the_client_script_and_files_do_not(running: RunningPreview) -> None:
    assert "/-/digest/preview.js" in running.get("/").text
    pages = list(running.session._builder.output.rglob("*.html"))
    assert pages
    assert not [p for p in pages if "_digest" in p.read_text()]


def test_not_found_shows_the_sites_own_404_page(running: RunningPreview) -> None:
    response = running.get("/nowhere/")
    assert response.status == 404
    assert "The Lake" in response.text
    assert "/-/digest/preview.js" in response.text


def test_folders_redirect_to_their_slash_and_are_never_listed(running: RunningPreview) -> None:
    response = running.get("/region/europe")
    assert (response.status, response.headers["location"]) == (307, "/region/europe/")
    assert running.get("/region/").status == 404
    assert running.get("/assets/").status == 404


def test_an_unchanged_page_is_answered_with_304(running: RunningPreview) -> None:
    tag = running.get("/").headers["etag"]
    again = running.get("/", If_None_Match=f'"other", W/{tag}')
    assert (again.status, again.body) == (304, b"")
    assert running.get("/", If_None_Match='"other"').status == 200


def test_range_requests(running: RunningPreview) -> None:
    full = running.get("/feed.xml").body
    part = running.get("/feed.xml", Range="bytes=2-11")
    assert (part.status, part.body) == (206, full[2:12])
    assert running.get("/feed.xml", Range="bytes=9999999-").status == 416


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8000", "", "[::2]:1"]
)
def test_requests_with_another_host_are_refused(running: RunningPreview, host: str) -> None:
    response = running.get("/", Host=host)
    assert response.status in {400, 421}
    assert "The Lake" not in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/../../digest.toml",
        "/..%2f..%2fdigest.toml",
        "/%2e%2e/%2e%2e/digest.toml",
        "//etc/passwd",
        "/%00",
        "/.digest/state.sqlite",
        "/feed.xml/",
        "/" + "x" * 5000,
    ],
)
def test_files_outside_the_output_are_not_served(running: RunningPreview, path: str) -> None:
    response = running.get(path)
    assert response.status == 404
    assert "[site]" not in response.text


def test_symlinks_out_of_the_output_are_not_followed(running: RunningPreview) -> None:
    output = running.session._builder.output
    (output / "leak.txt").symlink_to(running.site / "digest.toml")
    assert running.get("/leak.txt").status == 404


def test_other_methods_are_refused(running: RunningPreview) -> None:
    headers = {"Origin": f"http://127.0.0.1:{running.port}", "X_Digest_Token": running.session.guard.token}
    assert running.get("/", method="POST", Content_Length="0", **headers).status == 405
    assert running.get("/-/digest/events", method="DELETE", Content_Length="0", **headers).status == 405
    assert running.get("/", method="POST", Content_Length="0").status == 403
    head = running.get("/", method="HEAD")
    assert (head.status, head.body) == (200, b"")


def test_a_site_with_a_base_path(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site", 'base_url = "https://example.org/news/"')
    with preview(site) as running:
        assert running.address.endswith("/news/")
        assert "Ferry sails again" in running.get("/news/").text
        assert running.get("/").headers["location"] == "/news/"
        assert running.get("/news").headers["location"] == "/news/"
        assert running.get("/other/").status == 404
        assert running.get("/news/region/europe").headers["location"] == "/news/region/europe/"
