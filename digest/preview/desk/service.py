"""The desk: what editors ask of a site, one after the other. Calls `edit`, and knows nothing of HTTP."""

from collections.abc import Callable, Sequence
from pathlib import Path

from digest import edit
from digest.content.store.scan import CONTENT_FOLDER
from digest.edit import Edit
from digest.ingest import resolve_text
from digest.issues import Issue, issue
from digest.preview.desk import dump_sources, messages, story_candidates
from digest.preview.desk.edits import ChangesByPage, FieldChanges, changed_fields, page_changes
from digest.preview.desk.entry_files import EntryFiles, load_entry
from digest.preview.desk.entry_index import EntryIndex
from digest.preview.desk.entry_state import EntryState, state_of, story_members
from digest.preview.desk.locate import HeadlineLocator
from digest.preview.desk.queue import KINDS, TaskQueue
from digest.preview.desk.term_suggestions import Field, SuggestionJob, suggestion_job
from digest.preview.desk.writer import (
    Conflict,
    Refusal,
    ShownTexts,
    conflicts_of,
    edits_of,
    stale_conflicts,
    write_edits,
)

_PAGE = 200


class DeskService:
    """The desk of the site in `site`. All of it is called in one thread."""

    def __init__(self, site: Path) -> None:
        self.site, self.index = site, EntryIndex(site)
        self._queue, self._places, self._texts = TaskQueue(site), HeadlineLocator(), ShownTexts()

    def site_info(self) -> messages.SiteInfo:
        """The site's labels."""
        config = self.index.config
        return messages.SiteInfo(
            title=config.site.title,
            language=config.site.language,
            regions=[messages.Label(slug=slug, name=table.name) for slug, table in config.regions.items()],
            categories=[messages.Label(slug=slug, name=table.name) for slug, table in config.categories.items()],
        )

    def locate(self, request: messages.LocateRequest) -> messages.LocateResponse:
        """The entries behind the headlines of a page."""
        names = self._places.locate(self.index, request.sights, self.index.config.base_path, request.here)
        known = {name: self._found(name) for name in dict.fromkeys(names) if name}
        found = [known.get(name, messages.LocatedEntry()) for name in names]
        return messages.LocateResponse(found=found, last=self.last_change())

    def state(self, entry_id: str) -> EntryState | Issue:
        """An entry as it is now."""
        whole = load_entry(self.index, entry_id)
        return whole if isinstance(whole, Issue) else self._shown(whole)

    def change(self, request: messages.ChangeRequest) -> messages.ChangeResponse | Refusal:
        """Write into one entry or many: all, or none."""
        what = self._what(request.wish, request.rows)
        return self._carry_out(request.rows, lambda whole: page_changes(whole, request.wish), what)

    def set_lead(self, request: messages.LeadRequest) -> messages.ChangeResponse | Refusal:
        """Put an entry at a rank of its edition. Whoever gives way is written in the same change."""
        whole = load_entry(self.index, request.row.id)
        if isinstance(whole, Issue):
            return Refusal(issues=(whole,))
        moves = edit.place_lead(self._ranks(whole), whole.id, request.rank)
        others = [found for name in moves if name != whole.id and (found := self._found(name)).id]
        rows = [request.row, *(messages.EntryRef(other.id, other.digest) for other in others)]
        wishes = {name: FieldChanges(lead=rank) for name, rank in moves.items()}
        what = f"lead {request.rank or 'off'}: {whole.latest.item.title}"
        return self._carry_out(rows, lambda one: page_changes(one, wishes.get(one.id, FieldChanges())), what)

    def change_story(self, request: messages.StoryRequest) -> messages.ChangeResponse | Refusal:
        """Merge, move, split off or pin."""
        whole = load_entry(self.index, request.row.id)
        if isinstance(whole, Issue):
            return Refusal(issues=(whole,))
        slug, rows = request.into, [request.row]
        if request.do in ("merge", "move") and not any(
            line.story == slug for line in self.index.items_by_path.values()
        ):
            missing = issue("page-not-found", "", f"no page has the story `{slug}`", "take one from the list")
            return Refusal(issues=(missing,))
        if request.do == "merge":
            members = (
                self._found(self.index.entry_at(m.path)) for m in story_members(self.index, whole.entry.root.story)
            )
            rows += [messages.EntryRef(other.id, other.digest) for other in members if other.id != whole.id]
        if request.do == "split":
            slug = edit.free_story_slug(
                {line.story for line in self.index.items_by_path.values()}, whole.latest.item.title
            )
        wish = FieldChanges(story=slug if request.do != "pin" else whole.entry.root.story)
        what = f"story {request.do}: {whole.latest.item.title}"
        return self._carry_out(rows, lambda one: page_changes(one, wish), what)

    def resolve_conflict(self, request: messages.TakeRequest) -> messages.ChangeResponse | Refusal:
        """Decide between the wire and an editor."""
        whole = load_entry(self.index, request.row.id)
        if isinstance(whole, Issue):
            return Refusal(issues=(whole,))
        if whole.digest != request.row.digest:
            changes: ChangesByPage = {file.path: {} for file in whole.files}
            return Refusal(conflicts=conflicts_of(whole, changes, self._texts.texts_of(request.row.digest)))
        edits: list[Edit | Issue] = []
        for file in whole.files:
            try:
                text = resolve_text(self.site, file.text, request.side)
            except ValueError as error:
                edits.append(
                    issue("page-unreadable", f"{CONTENT_FOLDER}/{file.path}", f"it cannot be changed: {error}")
                )
                continue
            if text is not None:
                edits.append(Edit(page=file.path, text=text, base_digest=file.digest))
        what = f"take {request.side}: {whole.latest.item.title}"
        return write_edits(self.site, edits, what) or self._changed([whole.id], what)

    def add_term(self, request: messages.TermRequest) -> messages.ChangeResponse | Refusal:
        """Add a term to digest.toml."""
        made = edit.term_edit(self.site, request.term)
        what = f"term “{request.match}”"
        return write_edits(self.site, [made], what) or self._changed([], what)

    def undo(self, request: messages.UndoRequest) -> messages.ChangeResponse | Refusal:
        """Take the last change back, unless a file was changed since."""
        lines = edit.last_change(self.site)
        if not lines:
            return Refusal(issues=(issue("page-not-found", "", "there is nothing to take back"),))
        what = lines[0].action
        if request.how == "drop":
            edit.discard_undo(self.site, lines)
            return self._changed([], f"stays: {what}")
        edits = edit.undo_edits(lines)
        checked = [edit.check_allowed(self.site, one) for one in edits]
        if wrong := tuple(one for one in checked if isinstance(one, Issue)):
            return Refusal(issues=wrong)
        if request.how == "ask" and (conflicts := stale_conflicts(self.site, edits)):
            return Refusal(conflicts=conflicts)
        _, issues = edit.undo(self.site, force=request.how == "force")
        names = dict.fromkeys(self.index.entry_at(line.page) for line in lines)
        return Refusal(issues=issues) if issues else self._changed([n for n in names if n], f"taken back: {what}")

    def last_change(self) -> messages.LastChange | None:
        """What undo would take back."""
        lines = edit.last_change(self.site)
        files = tuple(f"{line.folder}/{line.page}".lstrip("/") for line in lines)
        return messages.LastChange(what=lines[0].action, at=lines[0].at, files=files) if lines else None

    def queue(self, kind: str = "", after: str = "", before: str = "") -> messages.QueueResponse:
        """What waits, of one kind or of all: from the first task behind a key on, or up to the last before a key."""
        tasks = self._queue.tasks(self.index)
        counts = {name: sum(task.kind == name for task in tasks) for name in KINDS}
        wanted = [task for task in tasks if kind in ("", task.kind)]
        at = next((n for n, task in enumerate(wanted) if task.key > after), len(wanted)) if after else 0
        if before:
            wanted = [task for task in wanted if task.key < before]
            at = max(0, len(wanted) - _PAGE)
        return messages.QueueResponse(counts=counts, tasks=wanted[at : at + _PAGE], at=at)

    def dismiss(self, request: messages.SeenRequest) -> messages.QueueResponse:
        """A task is done with as it is; what waits behind it."""
        self._queue.dismiss(self.index, request.key)
        return self.queue(after=request.key)

    def dump_sources(self, entry_id: str) -> Sequence[dump_sources.DumpSource] | Issue:
        """Where an entry came from."""
        whole = load_entry(self.index, entry_id)
        return whole if isinstance(whole, Issue) else dump_sources.sources_of(self.site, whole)

    def story_candidates(self, entry_id: str, words: str) -> Sequence[story_candidates.StoryCandidate] | Issue:
        """The stories that it might belong to."""
        whole = load_entry(self.index, entry_id)
        return whole if isinstance(whole, Issue) else story_candidates.candidates_for(self.index, whole, words)

    def suggest_terms(self, entry_id: str, field: Field) -> SuggestionJob | Issue:
        """What there is to learn of its label; what comes of it takes a moment, and may be asked in any thread."""
        whole = load_entry(self.index, entry_id)
        return whole if isinstance(whole, Issue) else suggestion_job(self.index, whole, field)

    def _carry_out(
        self, rows: Sequence[messages.EntryRef], changes: Callable[[EntryFiles], ChangesByPage], what: str
    ) -> messages.ChangeResponse | Refusal:
        """Changes of entries, on the files that the editor saw; all or none."""
        edits: list[Edit | Issue] = []
        conflicts: list[Conflict] = []
        for row in {row.id: row for row in rows}.values():
            whole = load_entry(self.index, row.id)
            if isinstance(whole, Issue):
                edits.append(whole)
                continue
            wanted = changes(whole)
            if whole.digest != row.digest:
                conflicts += conflicts_of(whole, wanted, self._texts.texts_of(row.digest))
            edits += edits_of(self.index, whole, wanted)
        if conflicts:
            return Refusal(conflicts=tuple(conflicts))
        return write_edits(self.site, edits, what) or self._changed([row.id for row in rows], what)

    def _changed(self, names: Sequence[str], what: str) -> messages.ChangeResponse:
        wholes = (load_entry(self.index, name) for name in names)
        states = [self._shown(whole) for whole in wholes if not isinstance(whole, Issue)]
        return messages.ChangeResponse(states=states, last=self.last_change(), what=what)

    def _shown(self, whole: EntryFiles) -> EntryState:
        self._texts.remember(whole)
        newest = max((line.edition for line in self.index.items_by_path.values()), default=None)
        return state_of(self.index, whole, newest)

    def _found(self, name: str) -> messages.LocatedEntry:
        whole = load_entry(self.index, name)
        if isinstance(whole, Issue):
            return messages.LocatedEntry()
        self._texts.remember(whole)
        item, root = whole.latest.item, whole.entry.root
        return messages.LocatedEntry(id=whole.id, digest=whole.digest, title=item.title, lead=item.lead or root.lead)

    def _ranks(self, whole: EntryFiles) -> dict[str, int]:
        """The ranks in an entry's edition, by entry."""
        edition = self.index.config.edition_of(whole.entry.root.day, whole.entry.root.at)
        lines = (line for line in self.index.items_by_path.values() if line.lead and line.edition == edition)
        ranks = {self.index.entry_at(line.path): line.lead for line in lines}
        return {**ranks, whole.id: whole.latest.item.lead or whole.entry.root.lead}

    def _what(self, wish: FieldChanges, rows: Sequence[messages.EntryRef]) -> str:
        """A change in a few words, for the log and the way back."""
        fields = ", ".join(changed_fields(wish))
        line = self.index.latest(self.index.resolve_id(rows[0].id)) if len(rows) == 1 else None
        return f"{fields}: {line.title}" if line else f"{fields}: {len(rows)} entries"
