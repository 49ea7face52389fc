"""A small site and its desk, without a server."""

from pathlib import Path

from digest.content.seals import seals_of
from digest.content.serialize import Value, page_text
from digest.issues import Issue
from digest.preview.desk import messages
from digest.preview.desk.entry_state import EntryState
from digest.preview.desk.field_changes import FieldChanges
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


class DeskSite:
    """A site with four entries: two of one story, of which one has a version; a brief; one written by hand."""

    def __init__(self, site: Path) -> None:
        self.site = site
        (site / "content/dumps").mkdir(parents=True)
        (site / "digest.toml").write_text(SETTINGS)
        (site / "content/dumps/2026-03-10-lp.txt").write_text(DUMP)
        self.put_imported("ferry", "n1", "Ferry sinks off Palawan, 40 missing", lines="1-2", story="ferry")
        self.put_imported("divers", "n2", "Divers reach ferry off Palawan", lines="5-6", story="ferry")
        title = "Divers reach ferry off Palawan, find 12"
        self.put_imported("divers-2", "n3", title, lines="5-6", story="ferry", version_of="n2")
        self.put_imported("loom", "n4", "Weaver restores a loom at last", lines="3-4", story="loom")
        self.put(
            "opinion/ferries.md",
            "---\n# by hand\ntitle:   'Who owns the ferries?'  # ask Jo\ndate: 2026-03-10\nid: n5\n"
            "link: https://elsewhere.example/a?b=1\nregions: [europe, world]\ncategories: [business]\n"
            "---\n\nNobody says.\n",
        )
        self.desk = DeskService(site)
        self.build()

    def put_imported(
        self, name: str, identifier: str, title: str, *, lines: str, story: str, version_of: str = ""
    ) -> None:
        """Write a page as import does."""
        labels: dict[str, Value] = {"regions": ["asia-pacific"], "categories": ["disaster"]}
        sealed = {"title": title, "regions": ["asia-pacific"], "categories": ["disaster"]}
        wire: dict[str, Value] = {"dump": "2026-03-10-lp.txt", "seen": "2026-03-10", "position": 1, "lines": lines}
        fields: dict[str, Value] = {**labels, "id": identifier, "title": title, "story": story, "source": "LP"}
        fields |= {"date": "2026-03-10", "wire": {**wire, "key": identifier, "seals": seals_of(sealed)}}
        self.put(f"2026/03/10/{name}.md", page_text(fields | ({"version_of": version_of} if version_of else {})))

    def put(self, path: str, text: str) -> None:
        """Write a page as an editor does in another program."""
        file = self.site / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def text(self, path: str) -> str:
        """Return the text of a page."""
        return (self.site / "content" / path).read_bytes().decode()

    def build(self) -> None:
        """Update the archive as a build does, and refresh the index as the next request does."""
        self.desk.index.archive.refresh()
        self.desk.index._state_key = ()
        self.desk.index.refresh()

    def state(self, entry_id: str) -> EntryState:
        """Return the state of an entry, which must be readable."""
        state = self.desk.state(entry_id)
        assert not isinstance(state, Issue)
        return state

    def ref(self, entry_id: str) -> messages.EntryRef:
        """Return a reference to an entry as an editor sees it now."""
        return messages.EntryRef(entry_id, self.state(entry_id).digest)

    def change(
        self, entry_id: str, changes: FieldChanges, ref: messages.EntryRef | None = None
    ) -> messages.ChangeResponse | Refusal:
        """Change fields of one entry."""
        return self.desk.change(messages.ChangeRequest(entries=[ref or self.ref(entry_id)], changes=changes))


def accepted(response: messages.ChangeResponse | Refusal) -> messages.ChangeResponse:
    """Return the response of a change that must succeed."""
    assert isinstance(response, messages.ChangeResponse), response
    return response


def refused(response: messages.ChangeResponse | Refusal) -> Refusal:
    """Return the response of a change that must be refused."""
    assert isinstance(response, Refusal), response
    return response
