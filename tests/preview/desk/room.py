"""A site and the desk in front of it, without a server."""

from pathlib import Path

from digest.content.seals import seals_of
from digest.content.serialize import Value, page_text
from digest.issues import Issue
from digest.preview.desk import messages
from digest.preview.desk.edits import FieldChanges
from digest.preview.desk.entry_state import EntryState
from digest.preview.desk.service import DeskService
from digest.preview.desk.writer import Refusal

SETTINGS = """# The paper of the lake.
[site]
title = "The Lake"
base_url = "https://lake.example/news/"

[[terms]]   # ours
match = "Lake Wobbe"
region = "europe"

# Who sends it.
[sources.LP]
name = "Lake Press"
"""
DUMP = """-
Ferry sinks off Palawan, 40 missing
-
Weaver restores a loom at last
-
Divers reach ferry off Palawan
"""


class Room:
    """A site with five entries: two of one story, one with a version, a brief with a link, one made by hand."""

    def __init__(self, site: Path) -> None:
        self.site = site
        (site / "content/dumps").mkdir(parents=True)
        (site / "digest.toml").write_text(SETTINGS)
        (site / "content/dumps/2026-03-10-lp.txt").write_text(DUMP)
        self.imported("ferry", "n1", "Ferry sinks off Palawan, 40 missing", lines="1-2", story="ferry")
        self.imported("divers", "n2", "Divers reach ferry off Palawan", lines="5-6", story="ferry")
        self.imported("divers-2", "n3", "Divers reach ferry off Palawan, find 12", lines="5-6", story="ferry", of="n2")
        self.imported("loom", "n4", "Weaver restores a loom at last", lines="3-4", story="loom")
        self.put(
            "opinion/ferries.md",
            "---\n# by hand\ntitle:   'Who owns the ferries?'  # ask Jo\ndate: 2026-03-10\nid: n5\n"
            "link: https://elsewhere.example/a?b=1\nregions: [europe, world]\ncategories: [business]\n"
            "---\n\nNobody says.\n",
        )
        self.desk = DeskService(site)
        self.look()

    def imported(self, name: str, identifier: str, title: str, *, lines: str, story: str, of: str = "") -> None:
        """A page as import writes it."""
        labels: dict[str, Value] = {"regions": ["asia-pacific"], "categories": ["disaster"]}
        sealed = {"title": title, "regions": ["asia-pacific"], "categories": ["disaster"]}
        wire: dict[str, Value] = {"dump": "2026-03-10-lp.txt", "seen": "2026-03-10", "position": 1, "lines": lines}
        fields: dict[str, Value] = {**labels, "id": identifier, "title": title, "story": story, "source": "LP"}
        fields |= {"date": "2026-03-10", "wire": {**wire, "key": identifier, "seals": seals_of(sealed)}}
        self.put(f"2026/03/10/{name}.md", page_text(fields | ({"version_of": of} if of else {})))

    def put(self, path: str, text: str) -> None:
        """Write a page as an editor does in another program."""
        file = self.site / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def text(self, path: str) -> str:
        """What stands in a page."""
        return (self.site / "content" / path).read_bytes().decode()

    def look(self) -> None:
        """What a build and the next question do."""
        self.desk.index.archive.refresh()
        self.desk.index._seen = ()
        self.desk.index.refresh()

    def state(self, name: str) -> EntryState:
        """An entry's state."""
        state = self.desk.state(name)
        assert not isinstance(state, Issue)
        return state

    def row(self, name: str) -> messages.EntryRef:
        """An entry as an editor sees it now."""
        return messages.EntryRef(name, self.state(name).digest)

    def change(
        self, name: str, wish: FieldChanges, row: messages.EntryRef | None = None
    ) -> messages.ChangeResponse | Refusal:
        """Change one entry."""
        return self.desk.change(messages.ChangeRequest(rows=[row or self.row(name)], wish=wish))


def done(answer: messages.ChangeResponse | Refusal) -> messages.ChangeResponse:
    """What was done."""
    assert isinstance(answer, messages.ChangeResponse), answer
    return answer


def refused(answer: messages.ChangeResponse | Refusal) -> Refusal:
    """What was not."""
    assert isinstance(answer, Refusal), answer
    return answer
