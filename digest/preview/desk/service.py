"""The desk: what editors ask of a site, one after the other. Calls `edit`, and knows nothing of HTTP."""

from collections.abc import Callable, Sequence
from pathlib import Path

from digest import edit
from digest.content.store.scan import FOLDER
from digest.edit import Edit
from digest.ingest import settled_text
from digest.issues import Issue, issue
from digest.preview.desk import dump_sources, messages, story_candidates
from digest.preview.desk.edits import Changes, Wish, changes_of, named
from digest.preview.desk.entry_files import Whole, whole_of
from digest.preview.desk.entry_index import Shelf
from digest.preview.desk.entry_state import State, members_of, state_of
from digest.preview.desk.locate import Places
from digest.preview.desk.queue import KINDS, Queue
from digest.preview.desk.term_suggestions import Field, Lecture, lecture
from digest.preview.desk.writer import Conflict, Refused, Texts, conflicts_of, edits_of, stale_conflicts, write

_PAGE = 200


class Desk:
    """The desk of the site in `site`. All of it is called in one thread."""

    def __init__(self, site: Path) -> None:
        self.site, self.shelf = site, Shelf(site)
        self._queue, self._places, self._texts = Queue(site), Places(), Texts()

    def about(self) -> messages.About:
        """The site's labels."""
        config = self.shelf.config
        return messages.About(
            title=config.site.title,
            language=config.site.language,
            regions=[messages.Label(slug=slug, name=table.name) for slug, table in config.regions.items()],
            categories=[messages.Label(slug=slug, name=table.name) for slug, table in config.categories.items()],
        )

    def locate(self, look: messages.Look) -> messages.Located:
        """The entries behind the headlines of a page."""
        names = self._places.find(self.shelf, look.sights, self.shelf.config.base_path, look.here)
        known = {name: self._found(name) for name in dict.fromkeys(names) if name}
        found = [known.get(name, messages.Found()) for name in names]
        return messages.Located(found=found, last=self.last())

    def state(self, name: str) -> State | Issue:
        """An entry as it is now."""
        whole = whole_of(self.shelf, name)
        return whole if isinstance(whole, Issue) else self._shown(whole)

    def change(self, order: messages.Order) -> messages.Changed | Refused:
        """Write into one entry or many: all, or none."""
        what = self._what(order.wish, order.rows)
        return self._carry_out(order.rows, lambda whole: changes_of(whole, order.wish), what)

    def lead(self, lead: messages.Lead) -> messages.Changed | Refused:
        """Put an entry at a rank of its edition. Whoever gives way is written in the same change."""
        whole = whole_of(self.shelf, lead.row.id)
        if isinstance(whole, Issue):
            return Refused(issues=(whole,))
        moves = edit.place_lead(self._ranks(whole), whole.id, lead.rank)
        others = [found for name in moves if name != whole.id and (found := self._found(name)).id]
        rows = [lead.row, *(messages.Row(other.id, other.digest) for other in others)]
        wishes = {name: Wish(lead=rank) for name, rank in moves.items()}
        what = f"lead {lead.rank or 'off'}: {whole.face.item.title}"
        return self._carry_out(rows, lambda one: changes_of(one, wishes.get(one.id, Wish())), what)

    def story(self, story: messages.Story) -> messages.Changed | Refused:
        """Merge, move, split off or pin."""
        whole = whole_of(self.shelf, story.row.id)
        if isinstance(whole, Issue):
            return Refused(issues=(whole,))
        slug, rows = story.into, [story.row]
        if story.do in ("merge", "move") and not any(line.story == slug for line in self.shelf.lines.values()):
            missing = issue("page-not-found", "", f"no page has the story `{slug}`", "take one from the list")
            return Refused(issues=(missing,))
        if story.do == "merge":
            members = (self._found(self.shelf.root_of(m.path)) for m in members_of(self.shelf, whole.entry.root.story))
            rows += [messages.Row(other.id, other.digest) for other in members if other.id != whole.id]
        if story.do == "split":
            slug = edit.free_story({line.story for line in self.shelf.lines.values()}, whole.face.item.title)
        wish = Wish(story=slug if story.do != "pin" else whole.entry.root.story)
        what = f"story {story.do}: {whole.face.item.title}"
        return self._carry_out(rows, lambda one: changes_of(one, wish), what)

    def take(self, take: messages.Take) -> messages.Changed | Refused:
        """Decide between the wire and an editor."""
        whole = whole_of(self.shelf, take.row.id)
        if isinstance(whole, Issue):
            return Refused(issues=(whole,))
        if whole.digest != take.row.digest:
            changes: Changes = {file.path: {} for file in whole.files}
            return Refused(conflicts=conflicts_of(whole, changes, self._texts.of(take.row.digest)))
        edits: list[Edit | Issue] = []
        for file in whole.files:
            try:
                text = settled_text(self.site, file.text, take.side)
            except ValueError as error:
                edits.append(issue("page-unreadable", f"{FOLDER}/{file.path}", f"it cannot be changed: {error}"))
                continue
            if text is not None:
                edits.append(Edit(page=file.path, text=text, base=file.digest))
        what = f"take {take.side}: {whole.face.item.title}"
        return write(self.site, edits, what) or self._changed([whole.id], what)

    def teach(self, wanted: messages.Teach) -> messages.Changed | Refused:
        """Add a term to digest.toml."""
        made = edit.term_edit(self.site, wanted.term)
        what = f"term “{wanted.match}”"
        return write(self.site, [made], what) or self._changed([], what)

    def undo(self, undo: messages.Undo) -> messages.Changed | Refused:
        """Take the last change back, unless a file was changed since."""
        lines = edit.last_change(self.site)
        if not lines:
            return Refused(issues=(issue("page-not-found", "", "there is nothing to take back"),))
        what = lines[0].what
        if undo.how == "drop":
            edit.give_up(self.site, lines)
            return self._changed([], f"stays: {what}")
        edits = edit.taking_back(lines)
        checked = [edit.confined(self.site, one) for one in edits]
        if wrong := tuple(one for one in checked if isinstance(one, Issue)):
            return Refused(issues=wrong)
        if undo.how == "ask" and (conflicts := stale_conflicts(self.site, edits)):
            return Refused(conflicts=conflicts)
        _, issues = edit.undo(self.site, force=undo.how == "force")
        names = dict.fromkeys(self.shelf.root_of(line.page) for line in lines)
        return Refused(issues=issues) if issues else self._changed([n for n in names if n], f"taken back: {what}")

    def last(self) -> messages.Last | None:
        """What undo would take back."""
        lines = edit.last_change(self.site)
        files = tuple(f"{line.folder}/{line.page}".lstrip("/") for line in lines)
        return messages.Last(what=lines[0].what, at=lines[0].at, files=files) if lines else None

    def queue(self, kind: str = "", after: str = "", before: str = "") -> messages.Waiting:
        """What waits, of one kind or of all: from the first task behind a key on, or up to the last before a key."""
        tasks = self._queue.tasks(self.shelf)
        counts = {name: sum(task.kind == name for task in tasks) for name in KINDS}
        wanted = [task for task in tasks if kind in ("", task.kind)]
        at = next((n for n, task in enumerate(wanted) if task.key > after), len(wanted)) if after else 0
        if before:
            wanted = [task for task in wanted if task.key < before]
            at = max(0, len(wanted) - _PAGE)
        return messages.Waiting(counts=counts, tasks=wanted[at : at + _PAGE], at=at)

    def let_stand(self, seen: messages.Seen) -> messages.Waiting:
        """A task is done with as it is; what waits behind it."""
        self._queue.let_stand(self.shelf, seen.key)
        return self.queue(after=seen.key)

    def origin(self, name: str) -> Sequence[dump_sources.Source] | Issue:
        """Where an entry came from."""
        whole = whole_of(self.shelf, name)
        return whole if isinstance(whole, Issue) else dump_sources.sources_of(self.site, whole)

    def stories(self, name: str, words: str) -> Sequence[story_candidates.Near] | Issue:
        """The stories that it might belong to."""
        whole = whole_of(self.shelf, name)
        return whole if isinstance(whole, Issue) else story_candidates.near_stories(self.shelf, whole, words)

    def lecture(self, name: str, field: Field) -> Lecture | Issue:
        """What there is to learn of its label; what comes of it takes a moment, and may be asked in any thread."""
        whole = whole_of(self.shelf, name)
        return whole if isinstance(whole, Issue) else lecture(self.shelf, whole, field)

    def _carry_out(
        self, rows: Sequence[messages.Row], changes: Callable[[Whole], Changes], what: str
    ) -> messages.Changed | Refused:
        """Changes of entries, on the files that the editor saw; all or none."""
        edits: list[Edit | Issue] = []
        conflicts: list[Conflict] = []
        for row in {row.id: row for row in rows}.values():
            whole = whole_of(self.shelf, row.id)
            if isinstance(whole, Issue):
                edits.append(whole)
                continue
            wanted = changes(whole)
            if whole.digest != row.digest:
                conflicts += conflicts_of(whole, wanted, self._texts.of(row.digest))
            edits += edits_of(self.shelf, whole, wanted)
        if conflicts:
            return Refused(conflicts=tuple(conflicts))
        return write(self.site, edits, what) or self._changed([row.id for row in rows], what)

    def _changed(self, names: Sequence[str], what: str) -> messages.Changed:
        wholes = (whole_of(self.shelf, name) for name in names)
        states = [self._shown(whole) for whole in wholes if not isinstance(whole, Issue)]
        return messages.Changed(states=states, last=self.last(), what=what)

    def _shown(self, whole: Whole) -> State:
        self._texts.keep(whole)
        newest = max((line.edition for line in self.shelf.lines.values()), default=None)
        return state_of(self.shelf, whole, newest)

    def _found(self, name: str) -> messages.Found:
        whole = whole_of(self.shelf, name)
        if isinstance(whole, Issue):
            return messages.Found()
        self._texts.keep(whole)
        item, root = whole.face.item, whole.entry.root
        return messages.Found(id=whole.id, digest=whole.digest, title=item.title, lead=item.lead or root.lead)

    def _ranks(self, whole: Whole) -> dict[str, int]:
        """The ranks in an entry's edition, by entry."""
        edition = self.shelf.config.edition_of(whole.entry.root.day, whole.entry.root.at)
        lines = (line for line in self.shelf.lines.values() if line.lead and line.edition == edition)
        ranks = {self.shelf.root_of(line.path): line.lead for line in lines}
        return {**ranks, whole.id: whole.face.item.lead or whole.entry.root.lead}

    def _what(self, wish: Wish, rows: Sequence[messages.Row]) -> str:
        """A change in a few words, for the log and the way back."""
        fields = ", ".join(named(wish))
        line = self.shelf.face(self.shelf.root(rows[0].id)) if len(rows) == 1 else None
        return f"{fields}: {line.title}" if line else f"{fields}: {len(rows)} entries"
