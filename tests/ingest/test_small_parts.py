"""Recurring headlines, alike bodies, and the folder that pages are written to."""

from pathlib import Path

import pytest

from digest.content.seals import paragraph_seals
from digest.ingest.decide.recurring import recurring_matcher
from digest.ingest.decide.similarity import are_similar, share_most_seals
from digest.ingest.write.content_folder import ContentFolder
from digest.wire import BytesSource


@pytest.mark.parametrize(
    ("pattern", "headline", "matches"),
    [
        ("Stocks in …", "Stocks in Asia at the close", True),
        ("Stocks in …", "STOCKS IN ASIA", True),
        ("Stocks in …", "Stocks inch up", False),
        ("Stocks in …", "World stocks in retreat", False),
        ("… at a glance", "Formula One at a glance.", True),
        ("… at a glance", "Boat at a glance-off", False),
        ("Today in …: …", "Today in Oslo: a summit", True),
        ("News in brief", "News in brief", True),
        ("News in brief", "News in briefs", False),
        ("a.c", "abc", False),
    ],
)
def test_a_pattern_matches_words_as_headlines_are_compared(pattern: str, headline: str, *, matches: bool) -> None:
    assert recurring_matcher([pattern])(headline) is matches
    assert recurring_matcher(["Nothing like it", pattern])(headline) is matches


def test_without_patterns_nothing_recurs() -> None:
    assert not recurring_matcher([])("Stocks in Asia")


LONG = "The ferry left the harbour at dawn and struck a reef an hour later, the coast guard said on Tuesday."


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([LONG], [LONG], True),
        ([LONG], [LONG.replace("Tuesday", "Wednesday")], True),
        ([LONG], [LONG, "All aboard were saved by fishermen, and nobody was hurt, its owner said."], True),
        ([LONG], ["Two thousand people sang in the square until the lamps went out over the town."], False),
        (["Yes."], ["No."], False),
        (["Yes."], ["Yes."], True),
    ],
)
def test_bodies_are_alike_when_half_of_the_shorter_stands_in_the_other(
    one: list[str], other: list[str], *, same: bool
) -> None:
    assert are_similar(one, other) is same
    assert are_similar(other, one) is same


def test_seals_tell_alike_bodies_where_most_paragraphs_are_equal() -> None:
    one = paragraph_seals(["a", "b", "c"])
    assert share_most_seals(one, paragraph_seals(["a", "x", "c", "d"]))
    assert not share_most_seals(one, paragraph_seals(["a", "x", "y"]))
    assert not share_most_seals((), one)


def test_a_page_is_written_whole_and_read_back_with_its_line_ends(tmp_path: Path) -> None:
    folder = ContentFolder(tmp_path)
    folder.write("2026/03/10/a.md", "---\r\ntitle: Ä\r\n---\r\n")
    assert folder.read("2026/03/10/a.md") == "---\r\ntitle: Ä\r\n---\r\n"
    assert folder.exists("2026/03/10/a.md")
    assert list(folder.written) == ["content/2026/03/10/a.md"]
    assert [path.name for path in (tmp_path / "content/2026/03/10").iterdir()] == ["a.md"]


def test_what_another_process_writes_is_there_for_who_asks(tmp_path: Path) -> None:
    folder = ContentFolder(tmp_path)
    with folder.background_writing():
        folder.add("a.md", "first")
        assert folder.read("a.md") == "first"
        assert folder.exists("a.md")
        folder.write("a.md", "second")
        folder.write("b.md", "at once")
        assert not (tmp_path / "content/a.md").exists()
        assert (tmp_path / "content/b.md").exists()
        folder.copy_dump("dumps/d.txt", BytesSource(b"dump"))
        assert (tmp_path / "content/a.md").read_text("utf-8") == "second"
        folder.add("c.md", "last")
    assert (tmp_path / "content/c.md").read_text("utf-8") == "last"
    assert list(folder.written) == [f"content/{path}" for path in ("a.md", "b.md", "dumps/d.txt", "c.md")]


def test_what_could_not_be_written_is_not_said_to_be(tmp_path: Path) -> None:
    folder = ContentFolder(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/day").write_text("a file where a folder belongs", "utf-8")
    with folder.background_writing():
        folder.add("a.md", "there")
        folder.add("day/b.md", "not there")
        with pytest.raises(OSError, match="day"):
            folder.flush()
    assert list(folder.written) == ["content/a.md"]


def test_a_scratch_folder_takes_all_writing(tmp_path: Path) -> None:
    site, scratch = tmp_path / "site", tmp_path / "scratch"
    ContentFolder(site).write("a.md", "old")
    folder = ContentFolder(site, scratch)
    assert folder.read("a.md") == "old"
    folder.write("a.md", "new")
    folder.copy_dump("dumps/d.txt", BytesSource(b"dump"))
    assert folder.read("a.md") == "new"
    assert folder.exists("dumps/d.txt")
    assert ContentFolder(site).read("a.md") == "old"
    assert not (site / "content/dumps").exists()


def test_a_copy_is_the_dump_byte_for_byte(tmp_path: Path) -> None:
    data = bytes(range(256)) * 9_000
    ContentFolder(tmp_path).copy_dump("dumps/d.txt", BytesSource(data))
    assert (tmp_path / "content/dumps/d.txt").read_bytes() == data
