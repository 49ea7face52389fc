"""The index of the search: of what the public sees and nothing else, made when that changed, the same for the same."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.builder.extras.pagefind import IndexingError, Record, index_of
from tests.newsroom import CONFIG, NOW, Newsroom, files_in, without_extras

WANTED = CONFIG + "[sources.SHUT]\nindex = false\n[search]\nenabled = true\n"
HEAD = b"pagefind_dcd"
"""What Pagefind writes before everything that it packs."""


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path, WANTED)
    room.item("a", body="The heron left the lake.\n\n## Later\n\nIt came *back*.", summary="Of a bird.")
    room.item("b", day="2026-02-11", body="A ferry & its <crew>.", regions=["europe", "africa"], categories=["sport"])
    room.item("c", title="Nothing but a headline")
    return room


def unpacked(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of the index, unpacked."""
    return {
        path: gzip.decompress(data).removeprefix(HEAD) if data.startswith(b"\x1f\x8b") else data
        for path, data in files.items()
        if path.startswith("pagefind/")
    }


def found(room: Newsroom) -> dict[str, dict[str, object]]:
    """What can be found, by its address."""
    texts = (json.loads(data) for path, data in unpacked(room.files()).items() if path.endswith(".pf_fragment"))
    return {text["url"]: text for text in texts}


def test_every_page_is_found_with_what_it_is_chosen_by(room: Newsroom) -> None:
    room.build()
    texts = found(room)
    assert set(texts) == {"/2026/03/12/headline-a/", "/2026/02/11/headline-b/"}
    heron = texts["/2026/03/12/headline-a/"]
    assert heron["content"] == "Headline a. Of a bird. The heron left the lake. Later. It came back."
    assert heron["meta"] == {"title": "Headline a", "day": "2026-03-12", "date": "Mar 12, 2026", "region": "Africa"}
    ferry = texts["/2026/02/11/headline-b/"]
    assert "A ferry & its <crew>." in str(ferry["content"])
    chosen = {"region": ["africa", "europe"], "category": ["sport"], "year": ["2026"], "month": ["2026-02"]}
    assert {name: sorted(values) for name, values in dict(ferry["filters"]).items()} == chosen  # type: ignore[call-overload] # JSON


def test_only_what_the_script_loads_is_shipped(room: Newsroom) -> None:
    room.build()
    names = {path.removeprefix("pagefind/").split("/")[0] for path in unpacked(room.files())}
    [meta] = [name for name in names if name.endswith(".pf_meta")]
    assert names == {
        *("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind"),
        *("fragment", "filter", "index", meta),
    }
    manifest = json.loads(room.files()["digest-manifest.json"])
    assert {file["path"] for file in manifest["files"]} >= set(unpacked(room.files()))


@pytest.mark.parametrize(
    "unseen",
    [
        {"status": "killed"},
        {"status": "hold"},
        {"status": "draft"},
        {"embargo": "2026-03-13T00:00:00Z"},
        {"expires": "2026-03-12T12:00:00Z"},
        {"source": "SHUT"},
    ],
    ids=lambda fields: next(iter(fields.values())),
)
def test_what_is_taken_back_is_in_no_byte(room: Newsroom, unseen: dict[str, object]) -> None:
    room.build()
    assert any(b"heron" in data for data in unpacked(room.files()).values())
    room.item("a", body="The heron left the lake.", title="Headline a", **unseen)  # type: ignore[arg-type] # fields
    room.build()
    index = unpacked(room.files())
    assert index
    assert not any(b"heron" in data or b"headline-a" in data for data in index.values())
    assert not list((room.folder / ".digest").glob("search*"))


def test_incremental_is_clean(room: Newsroom, tmp_path: Path) -> None:
    room.build()
    steps: list[dict[str, object]] = [
        {"body": "Another text about an otter."},
        {"body": "Another text about an otter.", "title": "Another headline", "slug": "headline-a"},
        {"body": "Another text about an otter.", "status": "killed"},
        {"body": "The heron left the lake.", "regions": ["europe"]},
    ]
    for number, fields in enumerate(steps):
        room.item("a", **fields)  # type: ignore[arg-type] # a body and fields
        room.build()
        assert room.files() == room.clean(tmp_path / f"clean{number}")


def test_the_order_of_a_folder_does_not_matter(tmp_path: Path) -> None:
    """What pages say decides the bytes: made elsewhere, of pages written in another order, the index is the same."""
    made = []
    for folder, names in (("one", "abcdefgh"), ("two", "hgfedcba")):
        room = Newsroom(tmp_path / folder, WANTED)
        for name in names:
            room.item(name, body=f"Words of {name} and of all.")
        room.build()
        made.append(unpacked(room.files()))
    assert made[0] == made[1] != {}


def test_no_index_is_made_without_need(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.build()
    before = room.files()
    monkeypatch.setattr("digest.builder.extras.search_index.index_of", None)
    room.item("c", title="Nothing but another headline")
    room.item("a", body="The heron left the lake.\n\n## Later\n\nIt came *back*.", summary="Of a bird.", lead=1)
    room.build()
    assert unpacked(room.files()) == unpacked(before)
    assert room.build(full=True)
    assert unpacked(room.files()) == unpacked(before)


def test_a_file_that_is_spoilt_is_made_anew(room: Newsroom) -> None:
    room.build()
    before = room.files()
    (room.output / "pagefind/pagefind-entry.json").write_text("{}")
    room.build()
    assert room.files() == before


def test_off_takes_it_all_away(room: Newsroom) -> None:
    room.build()
    assert '"potentialAction":{"@type":"SearchAction"' in room.text("/")
    assert 'href="/search/"' in room.text("/")
    (room.folder / "digest.toml").write_text(CONFIG, "utf-8")
    room.build()
    assert unpacked(room.files()) == {}
    assert "search/index.html" not in room.files()
    assert "SearchAction" not in room.text("/")
    assert 'href="/search/"' not in room.text("/")


def test_the_preview_has_the_page_and_no_index(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.builder.extras.search_index.index_of", None)
    room.preview()
    assert unpacked(room.files()) == {}
    assert "<form" not in room.text("/search/")
    assert 'href="/2026/02/"' in room.text("/search/")


def test_without_the_extra_the_months_are_there(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    without_extras(monkeypatch)
    report = room.build()
    [missing] = [i for i in report.issues if i.code == "search-missing"]
    assert str(missing.place) == "digest.toml:10:1"
    assert missing.hint == "pip install 'digest-press[search]'"
    assert unpacked(room.files()) == {}
    assert "<form" not in room.text("/search/")
    assert 'href="/2026/03/"' in room.text("/search/")
    assert "SearchAction" not in room.text("/")


def test_an_index_that_cannot_be_made_is_none(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.build()

    def fails(*_: object) -> None:
        raise IndexingError("it is tired")

    monkeypatch.setattr("digest.builder.extras.search_index.index_of", fails)
    room.item("a", body="The heron left the lake.", status="killed")
    report = room.build()
    assert [(i.code, i.message) for i in report.issues if i.code == "search-failed"] == [
        ("search-failed", "Pagefind failed: it is tired")
    ]
    assert unpacked(room.files()) == {}
    monkeypatch.undo()
    room.item("c", title="Another headline")
    room.build()
    assert set(found(room)) == {"/2026/02/11/headline-b/"}


def test_what_pagefind_cannot_do_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def stops() -> Iterator[Record]:
        yield Record("/a/", "<p>Text</p>")
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        index_of(stops(), "en")
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: "/bin/false")
    with pytest.raises((IndexingError, BrokenPipeError)):
        index_of([Record("/a/", "<p>Text</p>")], "en")


def test_a_site_with_nothing_to_find_is_built(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, WANTED)
    room.build(NOW)
    assert "pagefind/pagefind.js" in files_in(room.output)


def test_a_site_without_search_ships_nothing_of_it(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, CONFIG)
    room.item("a", body="The heron left the lake.")
    room.build()
    assert not [path for path in room.files() if "search" in path or "pagefind" in path]
