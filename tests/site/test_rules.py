"""Rule files for hosts: aliases and withdrawn entries."""

from pathlib import Path

from tests.newsroom import CONFIG, Newsroom


def test_moved_is_301_and_killed_is_410(tmp_path: Path) -> None:
    config = CONFIG.replace("post.example/", "post.example/news/").replace(
        "[sources", 'rules = ["_redirects", "_headers", ".htaccess"]\n[sources', 1
    )
    room = Newsroom(tmp_path, config)
    room.item("x", body="Body.", aliases=["/old/x/"])
    room.item("y", body="Secret words.", title="Secret title", slug="kept")
    room.build()
    headers = room.text("/_headers")
    assert "/news/assets/*" in headers
    assert room.text("/_redirects") == "/news/old/x/ /news/2026/03/12/headline-x/ 301\n"
    room.item("y", body="Secret words.", title="Secret title", slug="kept", status="killed")
    room.build()
    assert room.text("/_redirects").splitlines() == [
        "/news/old/x/ /news/2026/03/12/headline-x/ 301",
        "/news/2026/03/12/kept/ /news/2026/03/12/kept/ 410",
    ]
    assert room.text("/.htaccess").splitlines()[:2] == [
        "Redirect 301 /news/old/x/ https://post.example/news/2026/03/12/headline-x/",
        "Redirect gone /news/2026/03/12/kept/",
    ]
    assert not any(b"Secret" in data for data in room.files().values())
    room.item("y", body="Secret words.", title="Secret title", slug="kept")
    (room.folder / "digest.toml").write_text(CONFIG)
    room.build()
    assert "_redirects" not in room.files()
    assert "_headers" not in room.files()
