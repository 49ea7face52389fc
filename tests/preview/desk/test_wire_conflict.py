"""Conflicts between the wire and an editor: they are tasks in the queue, and the editor chooses one text for good."""

from pathlib import Path

import pytest

from digest.ingest import import_dumps
from digest.preview.desk import messages
from digest.preview.desk.service import DeskService
from tests.preview.desk.desk_site import accepted

FIRST = """Ferry sinks off Palawan
The ferry sank at dawn, two miles from the harbour that it had left an hour earlier.
Forty are missing.
Fishermen who had gone out early took the others on board and brought them to the pier.
The owner said that the hull had been looked at in spring and that nothing had been found.
O.Salim--LP
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site where an editor has changed a paragraph, and a later dump has changed it too."""
    (tmp_path / "digest.toml").write_text('[site]\ntitle = "The Lake"\n')
    for day, text in (("10", FIRST), ("11", FIRST.replace("Forty", "Sixty"))):
        dump = tmp_path / f"2026-03-{day}-lp.txt"
        dump.write_text(text)
        import_dumps(tmp_path, [dump])
        dump.unlink()
        if day == "10":
            page = _page(tmp_path)
            page.write_text(page.read_text().replace("Forty are missing", "Forty people are missing"))
    return tmp_path


@pytest.mark.parametrize(("side", "text"), [("wire", "Sixty are missing."), ("ours", "Forty people are missing.")])
def test_a_wire_conflict_is_resolved_and_can_be_undone(site: Path, side: str, text: str) -> None:
    desk = DeskService(site)
    desk.index.archive.refresh()
    desk.index.refresh()
    [task] = desk.queue("wire").tasks
    assert task.detail.endswith("the wire has 'Sixty are missing.'; the page keeps 'Forty people are missing.'")
    before = _page(site).read_text()
    assert "Forty people are missing." in before
    state = desk.state(task.entry)
    ref = messages.EntryRef(task.entry, getattr(state, "digest", ""))
    request = messages.TakeRequest(ref, side)  # type: ignore[arg-type] # a parameter of the test
    accepted(desk.resolve_conflict(request))
    assert text in _page(site).read_text()
    desk.index.archive.refresh()
    desk.index._state_key = ()
    desk.index.refresh()
    assert desk.queue("wire").tasks == []
    accepted(desk.undo(messages.UndoRequest()))
    assert _page(site).read_text() == before
    desk.index.close()


def _page(site: Path) -> Path:
    [page] = (site / "content").rglob("*.md")
    return page
