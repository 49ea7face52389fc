"""HTTP routes of the desk: responses, status codes, and refused requests."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.preview.desk.desk_site import DeskSite
from tests.preview.running import RunningPreview, preview

AT = "/-/digest/desk"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPreview]:
    """One preview with a desk for all tests that change nothing."""
    desk_site = DeskSite(tmp_path_factory.mktemp("site") / "site")
    desk_site.desk.index.close()
    with preview(desk_site.site, with_desk=True) as session:
        yield session


def entry_state(running: RunningPreview, entry_id: str) -> dict[str, Any]:
    response = running.get(f"{AT}/entry/{entry_id}")
    assert response.status == 200, response.text
    state = json.loads(response.body)
    assert isinstance(state, dict)
    return state


def test_served_pages_have_the_desk_and_output_files_do_not(running: RunningPreview) -> None:
    assert f'src="{AT}/desk.js"' in running.get("/news/").text
    assert f'src="{AT}/desk.js"' in running.get("/news/nowhere/").text
    files = [file for file in running.session._builder.output.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"/-/digest" in file.read_bytes()]


def test_no_desk_leaves_out_pages_scripts_and_routes(tmp_path: Path) -> None:
    desk_site = DeskSite(tmp_path / "site")
    desk_site.desk.index.close()
    with preview(desk_site.site) as running:
        assert "desk" not in running.get("/news/").text
        assert running.get(f"{AT}/desk.js").status == 404
        assert running.get(f"{AT}/site").status == 404
        assert running.post(f"{AT}/undo", {}).status in {404, 405}


@pytest.mark.parametrize("name", ["desk.js", "api.js", "desk.css", "panel.js"])
def test_client_files_have_a_media_type(running: RunningPreview, name: str) -> None:
    response = running.get(f"{AT}/{name}")
    assert response.status == 200
    assert response.headers["content-type"].startswith("text/css" if name.endswith("css") else "text/javascript")


@pytest.mark.parametrize("path", ["", "/", "/client/", "/../session.py", "/routes.py", "/%2e%2e/session.py"])
def test_only_client_files_are_served(running: RunningPreview, path: str) -> None:
    assert running.get(AT + path).status == 404


def test_get_routes(running: RunningPreview) -> None:
    site = json.loads(running.get(f"{AT}/site").body)
    assert site["regions"][0] == {"slug": "africa", "name": "Africa"}
    assert entry_state(running, "n1")["title"] == "Ferry sinks off Palawan, 40 missing"
    assert json.loads(running.get(f"{AT}/entry/n4/origin").body)[0]["line_range"] == "3-4"
    assert json.loads(running.get(f"{AT}/entry/n1/stories?words=loom").body)[0]["story"] == "loom"
    assert json.loads(running.get(f"{AT}/entry/n1/terms/region").body) == []
    queue = json.loads(running.get(f"{AT}/queue?kind=labels").body)
    assert queue["counts"]["labels"] == len(queue["tasks"])
    request = {"page_path": "/news/", "headlines": [{"id": "n1"}, {"text": "Nothing"}]}
    located = json.loads(running.post(f"{AT}/locate", request).body)
    assert [entry["id"] for entry in located["entries"]] == ["n1", ""]


@pytest.mark.parametrize("path", ["/entry/n99", "/entry/n99/origin", "/entry/n1/terms/title", "/nothing"])
def test_unknown_entries_and_routes_are_404(running: RunningPreview, path: str) -> None:
    assert running.get(AT + path).status == 404


def test_security_headers_of_responses(running: RunningPreview) -> None:
    headers = running.get(f"{AT}/site").headers
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_the_policy_of_pages_with_a_desk(running: RunningPreview) -> None:
    policy = running.get("/news/").headers["content-security-policy"]
    assert policy.startswith("script-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("path", ["change", "lead", "story", "take", "term", "undo", "seen", "locate"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X_Digest_Token": ""}, 403),
        ({"X_Digest_Token": "guessed"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_writes_from_elsewhere_are_refused(
    running: RunningPreview, path: str, headers: dict[str, str], status: int
) -> None:
    assert running.post(f"{AT}/{path}", {}, **headers).status == status
    assert running.get(f"{AT}/{path}").status in {404, 405}, "no GET request writes"


def test_a_body_that_is_too_long_is_refused(running: RunningPreview) -> None:
    assert running.post(f"{AT}/undo", b" " * (1 << 21)).status == 413


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b'{"entries": []}', b"\xff", b"[" * 100_000,
        b'{"entries": [{"id": "n1", "digest": "x"}], "changes": {"status": "gone"}}',
        b'{"entries": [{"id": "n1", "digest": "x"}], "changes": {"slug": "x"}}',
        b'{"entries": [{"id": "n1", "digest": "x"}], "changes": {"region": "../../x"}}',
    ],
)  # fmt: skip
def test_an_invalid_body_is_refused_with_a_reason(running: RunningPreview, body: bytes) -> None:
    response = running.post(f"{AT}/change", body)
    assert response.status == 400
    assert json.loads(response.body)["issues"][0]["message"]


def test_a_change_is_written_and_built(tmp_path: Path) -> None:
    desk_site = DeskSite(tmp_path / "site")
    desk_site.desk.index.close()
    with preview(desk_site.site, with_desk=True) as running, running.events() as events:
        next(events)
        ref = {"id": "n5", "digest": entry_state(running, "n5")["digest"]}
        response = running.post(f"{AT}/change", {"entries": [ref], "changes": {"title": "Nobody owns them"}})
        assert json.loads(response.body)["states"][0]["title"] == "Nobody owns them"
        assert "'Nobody" not in desk_site.text("opinion/ferries.md")
        assert any("/news/" in event["changed"] for event in events if event["changed"])
        assert "Nobody owns them" in running.get("/news/").text
        stale = running.post(f"{AT}/change", {"entries": [ref], "changes": {"lead": 1}})
        assert stale.status == 409
        assert json.loads(stale.body)["conflicts"][0]["theirs"] == desk_site.text("opinion/ferries.md")
        for path, body in (
            ("undo", {}),
            ("lead", {"entry": ref, "rank": 1}),
            ("story", {"entry": {"id": "n4", "digest": entry_state(running, "n4")["digest"]}, "action": "pin"}),
            ("term", {"match": "loom", "region": "africa"}),
            ("undo", {}),
            ("undo", {"mode": "drop"}),
            ("seen", {"key": "nothing"}),
        ):
            response = running.post(f"{AT}/{path}", body)
            assert response.status == 200, response.text
        assert "Who owns the ferries?" in desk_site.text("opinion/ferries.md")


def test_a_deleted_state_file_is_created_again(tmp_path: Path) -> None:
    desk_site = DeskSite(tmp_path / "site")
    desk_site.desk.index.close()
    with preview(desk_site.site, with_desk=True) as running, running.events() as events:
        next(events)
        assert entry_state(running, "n5")["lead"] == 0
        for file in (desk_site.site / ".digest").glob("state.sqlite*"):
            file.unlink()
        desk_site.put("opinion/ferries.md", desk_site.text("opinion/ferries.md").replace("id: n5", "id: n5\nlead: 3"))
        next(events)
        assert entry_state(running, "n5")["lead"] == 3
