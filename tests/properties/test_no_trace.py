"""What is not to be seen is in no byte of the output: killed, erased, held, embargoed, expired."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.edit import erase, kill
from tests.newsroom import NOW, Newsroom

WORD = "Xylographer"
FUTURE = (NOW + timedelta(hours=1)).isoformat()
PAST = (NOW - timedelta(hours=1)).isoformat()
CONFIG = """\
[site]
title = "The Test Post"
base_url = "https://post.example/"
rules = ["_redirects", ".htaccess"]
[authors.placeholder]
name = "X. Placeholder"
[sources.NW]
name = "Northwire"
feed = "full"
"""
FIELDS = ("title", "summary", "byline", "link", "ai_note", "places", "corrections", "image")
quickly = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _secret(name: str) -> object:
    values: dict[str, object] = {
        "link": f"https://example.com/{WORD}",
        "image": f"https://example.com/{WORD}.jpg",
        "places": [WORD],
        "corrections": f"\n  [{{date: 2026-03-12, text: {WORD} it was}}]",
    }
    return values.get(name, f"{WORD} does it again")


def _leaks(room: Newsroom, word: str = WORD) -> list[str]:
    """The files of the output in which the secret stands, or that are called after it, whatever its case."""
    small = word.lower()
    return [path for path, data in room.files().items() if small in path.lower() or small.encode() in data.lower()]


def _room(folder: str) -> Newsroom:
    room = Newsroom(Path(folder), CONFIG)
    room.item("other", body="Nothing to hide.", story="tale")
    room.item("third", "2026-03-11", story="tale")
    return room


states: st.SearchStrategy[dict[str, object]] = st.sampled_from([
    {"status": "killed"},
    {"status": "hold"},
    {"status": "draft"},
    {"embargo": FUTURE},
    {"publish_at": FUTURE},
    {"ai": "generated"},
    {"expires": PAST},
])  # fmt: skip


@quickly
@given(
    state=states,
    fields=st.sets(st.sampled_from(FIELDS), min_size=1),
    version=st.booleans(),
    built_before=st.booleans(),
    body=st.booleans(),
)
def test_no_byte_tells(
    state: dict[str, object], fields: set[str], version: bool, built_before: bool, body: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        room = _room(folder)
        said = {name: _secret(name) for name in sorted(fields)}
        text = f"{WORD} was there.\n\n![{WORD}](a.png)" if body else ""
        known: dict[str, object] = {"slug": "plain", "story": "tale", "source": "NW", **said}
        if version:
            known["version_of"] = "n0000other"
        if built_before:
            room.item("plain", "2026-03-12", text, **known)
            room.build()
            assert _leaks(room) or not (body or "title" in fields)
        room.item("plain", "2026-03-12", text, **(known | state))
        room.build()
        assert _leaks(room) == []
        gone = version and (state.get("status") == "killed" or "expires" in state)
        assert ("Nothing to hide." in room.text("/2026/03/12/headline-other/")) is not gone


@pytest.mark.parametrize("killed", ["n0000other", "n0000later", "n0newest"])
def test_no_older_version_comes_back(tmp_path: Path, killed: str) -> None:
    room = Newsroom(tmp_path, CONFIG)
    pages = {"n0000other": "other", "n0000later": "later", "n0newest": "newest"}
    room.item("other", body=f"{WORD} one.", id="n0000other", aliases=["/old/"])
    room.item("later", body=f"{WORD} two.", id="n0000later", version_of="n0000other")
    room.item("newest", body=f"{WORD} three.", id="n0newest", version_of="n0000later")
    room.item("bystander", body="Nothing.")
    room.build()
    assert _leaks(room)
    assert kill(room.folder, f"2026/03/12/{pages[killed]}.md", "wrong man") == ()
    room.build()
    assert _leaks(room) == []
    assert _leaks(room, "wrong man") == []
    assert "/2026/03/12/headline-other/" in room.text("/_redirects"), "hosts are told that it is gone"
    assert "/old/" not in room.text("/_redirects")
    gone = room.text("/2026/03/12/headline-other/")
    assert "noindex" in gone
    assert "Headline other" not in gone


def test_erased_leaves_not_even_an_address(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, CONFIG)
    room.item("a", body="Words.", slug=WORD.lower(), aliases=[f"/{WORD.lower()}/"])
    room.item("b", title=f"{WORD} again", slug="b", version_of="n00000000a")
    room.item("bystander", body="Nothing.")
    room.build()
    assert _leaks(room)
    assert erase(room.folder, ["2026/03/12/a.md", "2026/03/12/b.md"]) == ()
    room.build()
    assert _leaks(room) == []


@pytest.mark.parametrize("kind", ["embargo", "publish_at"])
def test_an_embargoed_version_leaves_the_one_before_as_it_was(tmp_path: Path, kind: str) -> None:
    room = _room(str(tmp_path))
    room.build()
    before = room.files()
    later: Callable[[], Path] = lambda: room.item(  # noqa: E731 - said twice, below
        "later", body=f"{WORD}.", title=WORD, version_of="n0000other", story="tale", **{kind: FUTURE}
    )
    later()
    report = room.build()
    assert room.files() == before
    assert report.next_change is not None
    assert report.next_change.isoformat() == FUTURE
    room.build(report.next_change)
    assert _leaks(room)


def test_a_feed_does_not_bring_back_what_readers_had(tmp_path: Path) -> None:
    room = _room(str(tmp_path))
    room.item("plain", body=f"{WORD} was there.", title="Gone soon", slug="plain")
    room.build()
    assert "n0000plain" in room.text("/feed.xml")
    kill(room.folder, "2026/03/12/plain.md")
    room.build()
    feeds = [room.text(f"/{name}") for name in ("feed.xml", "rss.xml", "feed.json", "region/africa/feed.xml")]
    assert not any("n0000plain" in feed for feed in feeds)


@pytest.mark.parametrize("expired", ["gone", "headline"])
def test_what_never_was_out_has_no_notice_either(tmp_path: Path, expired: str) -> None:
    """Killed or expired before its embargo ends: even the words of its address would tell."""
    room = Newsroom(tmp_path, CONFIG.replace("rules", f'expired = "{expired}"\nrules'))
    room.item("killed", body="Words.", slug=WORD.lower(), embargo=FUTURE, status="killed")
    room.item("expired", body="Words.", slug=f"{WORD.lower()}-2", embargo=FUTURE, expires=PAST)
    room.item("held", body="Words.", slug=f"{WORD.lower()}-3", status="hold", expires=PAST)
    room.item("root", body="Words.", expires=PAST)
    room.item("later", title=WORD, version_of="n00000root", embargo=FUTURE)
    room.build()
    assert _leaks(room) == []


def test_a_version_that_expires_takes_its_entry_with_it(tmp_path: Path) -> None:
    room = _room(str(tmp_path))
    room.item("later", title=f"{WORD} later", slug="later", version_of="n0000other", expires=FUTURE)
    soon = room.build().next_change
    assert _leaks(room)
    assert soon is not None
    room.build(soon)
    assert _leaks(room) == []
    assert "Nothing to hide." not in room.text("/2026/03/12/headline-other/"), "no older version comes in its place"
