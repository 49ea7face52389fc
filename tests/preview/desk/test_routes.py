"""The desk as a browser asks it: what it answers, and to whom it answers nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.preview.desk.room import Room
from tests.preview.running import Running, preview

AT = "/-/digest/desk"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One preview with a desk for all that change nothing."""
    room = Room(tmp_path_factory.mktemp("site") / "site")
    room.desk.index.close()
    with preview(room.site, with_desk=True) as session:
        yield session


def entry(running: Running, name: str) -> dict[str, Any]:
    answer = running.get(f"{AT}/entry/{name}")
    assert answer.status == 200, answer.text
    state = json.loads(answer.body)
    assert isinstance(state, dict)
    return state


def test_every_page_has_the_desk_and_no_file_of_the_output_does(running: Running) -> None:
    assert f'src="{AT}/desk.js"' in running.get("/news/").text
    assert f'src="{AT}/desk.js"' in running.get("/news/nowhere/").text
    files = [file for file in running.session._builder.output.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"/-/digest" in file.read_bytes()]


def test_without_a_desk_there_is_none_of_it(tmp_path: Path) -> None:
    room = Room(tmp_path / "site")
    room.desk.index.close()
    with preview(room.site) as running:
        assert "desk" not in running.get("/news/").text
        assert running.get(f"{AT}/desk.js").status == 404
        assert running.get(f"{AT}/site").status == 404
        assert running.tell(f"{AT}/undo", {}).status in {404, 405}


@pytest.mark.parametrize("name", ["desk.js", "api.js", "desk.css", "panel.js"])
def test_its_files_come_with_their_types(running: Running, name: str) -> None:
    answer = running.get(f"{AT}/{name}")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/css" if name.endswith("css") else "text/javascript")


@pytest.mark.parametrize("path", ["", "/", "/client/", "/../session.py", "/routes.py", "/%2e%2e/guard.py"])
def test_no_folder_is_listed_and_no_other_file_is_served(running: Running, path: str) -> None:
    assert running.get(AT + path).status == 404


def test_questions_are_answered(running: Running) -> None:
    about = json.loads(running.get(f"{AT}/site").body)
    assert about["regions"][0] == {"slug": "africa", "name": "Africa"}
    assert entry(running, "n1")["title"] == "Ferry sinks off Palawan, 40 missing"
    assert json.loads(running.get(f"{AT}/entry/n4/origin").body)[0]["span"] == "3-4"
    assert json.loads(running.get(f"{AT}/entry/n1/stories?words=loom").body)[0]["story"] == "loom"
    assert json.loads(running.get(f"{AT}/entry/n1/terms/region").body) == []
    waiting = json.loads(running.get(f"{AT}/queue?kind=labels").body)
    assert waiting["counts"]["labels"] == len(waiting["tasks"])
    look = {"here": "/news/", "sights": [{"id": "n1"}, {"text": "Nothing"}]}
    located = json.loads(running.tell(f"{AT}/locate", look).body)
    assert [found["id"] for found in located["found"]] == ["n1", ""]


@pytest.mark.parametrize("path", ["/entry/n99", "/entry/n99/origin", "/entry/n1/terms/title", "/nothing"])
def test_what_is_not_there_is_not_found(running: Running, path: str) -> None:
    assert running.get(AT + path).status == 404


def test_answers_are_kept_nowhere_and_run_nothing(running: Running) -> None:
    headers = running.get(f"{AT}/site").headers
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_a_page_with_a_desk_runs_only_what_is_ours_or_the_themes(running: Running) -> None:
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
def test_nobody_else_writes(running: Running, path: str, headers: dict[str, str], status: int) -> None:
    assert running.tell(f"{AT}/{path}", {}, **headers).status == status
    assert running.get(f"{AT}/{path}").status in {404, 405}, "and not by a link"


def test_a_body_that_is_too_long_is_not_read(running: Running) -> None:
    assert running.tell(f"{AT}/undo", b" " * (1 << 21)).status == 413


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b'{"rows": []}', b'{"rows": [{"id": "n1", "digest": "x"}], "wish": {"status": "gone"}}',
        b'{"rows": [{"id": "n1", "digest": "x"}], "wish": {"slug": "x"}}', b"\xff", b"[" * 100_000,
        b'{"rows": [{"id": "n1", "digest": "x"}], "wish": {"region": "../../x"}}',
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused_with_a_reason(running: Running, body: bytes) -> None:
    answer = running.tell(f"{AT}/change", body)
    assert answer.status == 400
    assert json.loads(answer.body)["issues"][0]["message"]


def test_a_change_is_in_the_file_and_the_page_follows(tmp_path: Path) -> None:
    room = Room(tmp_path / "site")
    room.desk.index.close()
    with preview(room.site, with_desk=True) as running, running.news() as news:
        next(news)
        row = {"id": "n5", "digest": entry(running, "n5")["digest"]}
        answer = running.tell(f"{AT}/change", {"rows": [row], "wish": {"title": "Nobody owns them"}})
        assert json.loads(answer.body)["states"][0]["title"] == "Nobody owns them"
        assert "'Nobody" not in room.text("opinion/ferries.md")
        assert any("/news/" in told["changed"] for told in news if told["changed"])
        assert "Nobody owns them" in running.get("/news/").text
        stale = running.tell(f"{AT}/change", {"rows": [row], "wish": {"lead": 1}})
        assert stale.status == 409
        assert json.loads(stale.body)["conflicts"][0]["theirs"] == room.text("opinion/ferries.md")
        for path, asked in (
            ("undo", {}),
            ("lead", {"row": row, "rank": 1}),
            ("story", {"row": {"id": "n4", "digest": entry(running, "n4")["digest"]}, "do": "pin"}),
            ("term", {"match": "loom", "region": "africa"}),
            ("undo", {}),
            ("undo", {"how": "drop"}),
            ("seen", {"key": "nothing"}),
        ):
            answer = running.tell(f"{AT}/{path}", asked)
            assert answer.status == 200, answer.text
        assert "Who owns the ferries?" in room.text("opinion/ferries.md")


def test_a_cache_that_is_deleted_is_made_anew(tmp_path: Path) -> None:
    room = Room(tmp_path / "site")
    room.desk.index.close()
    with preview(room.site, with_desk=True) as running, running.news() as news:
        next(news)
        assert entry(running, "n5")["lead"] == 0
        for file in (room.site / ".digest").glob("state.sqlite*"):
            file.unlink()
        room.put("opinion/ferries.md", room.text("opinion/ferries.md").replace("id: n5", "id: n5\nlead: 3"))
        next(news)
        assert entry(running, "n5")["lead"] == 3
