"""The desk's operations on a site, independent of HTTP. Changes of files go through `digest.edit`."""

from collections.abc import Callable, Sequence
from pathlib import Path

from digest import edit
from digest.content.store.scan import CONTENT_FOLDER
from digest.edit import Edit
from digest.ingest import resolve_text
from digest.issues import Issue, issue
from digest.preview.desk import dump_sources, messages, story_candidates
from digest.preview.desk.entry_files import EntryFiles, load_entry
from digest.preview.desk.entry_index import EntryIndex
from digest.preview.desk.entry_state import EntryState, state_of, story_members
from digest.preview.desk.field_changes import ChangesByPage, FieldChanges, changed_fields, page_changes
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

_QUEUE_PAGE = 200


class DeskService:
    """The desk of the site in `site`. All methods must be called in one thread.

    Methods that change files write all of them or none, and return a `Refusal` in the second case.
    """

    def __init__(self, site: Path) -> None:
        self.site, self.index = site, EntryIndex(site)
        self._queue, self._locator, self._shown_texts = TaskQueue(site), HeadlineLocator(), ShownTexts()

    def site_info(self) -> messages.SiteInfo:
        """Return the site's title, language and labels."""
        config = self.index.config
        return messages.SiteInfo(
            title=config.site.title,
            language=config.site.language,
            regions=[messages.Label(slug=slug, name=table.name) for slug, table in config.regions.items()],
            categories=[messages.Label(slug=slug, name=table.name) for slug, table in config.categories.items()],
        )

    def locate(self, request: messages.LocateRequest) -> messages.LocateResponse:
        """Return the entries behind the headlines of a page."""
        base_path = self.index.config.base_path
        entry_ids = self._locator.locate(self.index, request.headlines, base_path, request.page_path)
        known = {entry_id: self._located(entry_id) for entry_id in dict.fromkeys(entry_ids) if entry_id}
        entries = [known.get(entry_id, messages.LocatedEntry()) for entry_id in entry_ids]
        return messages.LocateResponse(entries=entries, last_change=self.last_change())

    def state(self, entry_id: str) -> EntryState | Issue:
        """Return the state of an entry from its files."""
        entry = load_entry(self.index, entry_id)
        return entry if isinstance(entry, Issue) else self._state(entry)

    def change(self, request: messages.ChangeRequest) -> messages.ChangeResponse | Refusal:
        """Change fields of one entry or many."""
        description = self._description(request.changes, request.entries)
        return self._apply(request.entries, lambda entry: page_changes(entry, request.changes), description)

    def set_lead(self, request: messages.LeadRequest) -> messages.ChangeResponse | Refusal:
        """Give an entry a rank in its edition. Entries that move down change in the same step."""
        entry = load_entry(self.index, request.entry.id)
        if isinstance(entry, Issue):
            return Refusal(issues=(entry,))
        ranks = edit.place_lead(self._ranks(entry), entry.id, request.rank)
        others = [located for entry_id in ranks if entry_id != entry.id and (located := self._located(entry_id)).id]
        refs = [request.entry, *(messages.EntryRef(other.id, other.digest) for other in others)]
        changes = {entry_id: FieldChanges(lead=rank) for entry_id, rank in ranks.items()}
        description = f"lead {request.rank or 'off'}: {entry.latest.item.title}"
        return self._apply(refs, lambda one: page_changes(one, changes.get(one.id, FieldChanges())), description)

    def change_story(self, request: messages.StoryRequest) -> messages.ChangeResponse | Refusal:
        """Merge the story of an entry into another, or move, split off or pin the entry."""
        entry = load_entry(self.index, request.entry.id)
        if isinstance(entry, Issue):
            return Refusal(issues=(entry,))
        slug, refs = request.story, [request.entry]
        own_story, title = entry.entry.root.story, entry.latest.item.title
        stories = {item.story for item in self.index.items_by_path.values()}
        if request.action in ("merge", "move") and slug not in stories:
            message, hint = f"no page has the story `{slug}`", "choose a story from the list"
            return Refusal(issues=(issue("page-not-found", "", message, hint),))
        if request.action == "merge":
            entry_ids = (self.index.entry_at(item.path) for item in story_members(self.index, own_story))
            members = (self._located(entry_id) for entry_id in entry_ids)
            refs += [messages.EntryRef(other.id, other.digest) for other in members if other.id != entry.id]
        if request.action == "split":
            slug = edit.free_story_slug(stories, title)
        changes = FieldChanges(story=slug if request.action != "pin" else own_story)
        return self._apply(refs, lambda one: page_changes(one, changes), f"story {request.action}: {title}")

    def resolve_conflict(self, request: messages.TakeRequest) -> messages.ChangeResponse | Refusal:
        """Use the text of the wire or keep the editor's, where the two differ."""
        entry = load_entry(self.index, request.entry.id)
        if isinstance(entry, Issue):
            return Refusal(issues=(entry,))
        if entry.digest != request.entry.digest:
            changes: ChangesByPage = {file.path: {} for file in entry.files}
            texts = self._shown_texts.texts_of(request.entry.digest)
            return Refusal(conflicts=conflicts_of(entry, changes, texts))
        edits: list[Edit | Issue] = []
        for file in entry.files:
            try:
                text = resolve_text(self.site, file.text, request.side)
            except ValueError as error:
                message = f"the page cannot be changed: {error}"
                edits.append(issue("page-unreadable", f"{CONTENT_FOLDER}/{file.path}", message))
                continue
            if text is not None:
                edits.append(Edit(page=file.path, text=text, base_digest=file.digest))
        description = f"take {request.side}: {entry.latest.item.title}"
        return write_edits(self.site, edits, description) or self._response([entry.id], description)

    def add_term(self, request: messages.TermRequest) -> messages.ChangeResponse | Refusal:
        """Add a term to digest.toml."""
        term_edit = edit.term_edit(self.site, request.term)
        description = f"term “{request.match}”"
        return write_edits(self.site, [term_edit], description) or self._response([], description)

    def undo(self, request: messages.UndoRequest) -> messages.ChangeResponse | Refusal:
        """Undo the last change, unless one of its files has changed since."""
        lines = edit.last_change(self.site)
        if not lines:
            return Refusal(issues=(issue("page-not-found", "", "there is nothing to undo"),))
        description = lines[0].action
        if request.mode == "drop":
            edit.discard_undo(self.site, lines)
            return self._response([], f"kept: {description}")
        edits = edit.undo_edits(lines)
        checked = [edit.check_allowed(self.site, one) for one in edits]
        if refused := tuple(one for one in checked if isinstance(one, Issue)):
            return Refusal(issues=refused)
        if request.mode == "ask" and (conflicts := stale_conflicts(self.site, edits)):
            return Refusal(conflicts=conflicts)
        _, issues = edit.undo(self.site, force=request.mode == "force")
        if issues:
            return Refusal(issues=issues)
        entry_ids = dict.fromkeys(self.index.entry_at(line.page) for line in lines)
        return self._response([entry_id for entry_id in entry_ids if entry_id], f"undone: {description}")

    def last_change(self) -> messages.LastChange | None:
        """Return the change that undo would revert."""
        lines = edit.last_change(self.site)
        files = tuple(f"{line.folder}/{line.page}".lstrip("/") for line in lines)
        return messages.LastChange(description=lines[0].action, at=lines[0].at, files=files) if lines else None

    def queue(self, kind: str = "", after: str = "", before: str = "") -> messages.QueueResponse:
        """Return tasks of one kind, or of all: those after a key, or the last ones before a key."""
        tasks = self._queue.tasks(self.index)
        counts = {name: sum(task.kind == name for task in tasks) for name in KINDS}
        selected = [task for task in tasks if kind in ("", task.kind)]
        offset = next((n for n, task in enumerate(selected) if task.key > after), len(selected)) if after else 0
        if before:
            selected = [task for task in selected if task.key < before]
            offset = max(0, len(selected) - _QUEUE_PAGE)
        return messages.QueueResponse(counts=counts, tasks=selected[offset : offset + _QUEUE_PAGE], offset=offset)

    def dismiss(self, request: messages.SeenRequest) -> messages.QueueResponse:
        """Dismiss a task. Return the tasks after it."""
        self._queue.dismiss(self.index, request.key)
        return self.queue(after=request.key)

    def dump_sources(self, entry_id: str) -> Sequence[dump_sources.DumpSource] | Issue:
        """Return the dump lines that an entry was imported from."""
        entry = load_entry(self.index, entry_id)
        return entry if isinstance(entry, Issue) else dump_sources.sources_of(self.site, entry)

    def story_candidates(self, entry_id: str, words: str) -> Sequence[story_candidates.StoryCandidate] | Issue:
        """Return the stories that an entry may belong to."""
        entry = load_entry(self.index, entry_id)
        return entry if isinstance(entry, Issue) else story_candidates.candidates_for(self.index, entry, words)

    def suggest_terms(self, entry_id: str, field: Field) -> SuggestionJob | Issue:
        """Return a job that suggests terms for a label; the job takes a moment and may run in any thread."""
        entry = load_entry(self.index, entry_id)
        return entry if isinstance(entry, Issue) else suggestion_job(self.index, entry, field)

    def _apply(
        self, refs: Sequence[messages.EntryRef], changes: Callable[[EntryFiles], ChangesByPage], description: str
    ) -> messages.ChangeResponse | Refusal:
        """Write the changes of all entries, or none if one of them is not as the editor saw it."""
        edits: list[Edit | Issue] = []
        conflicts: list[Conflict] = []
        for ref in {ref.id: ref for ref in refs}.values():
            entry = load_entry(self.index, ref.id)
            if isinstance(entry, Issue):
                edits.append(entry)
                continue
            by_page = changes(entry)
            if entry.digest != ref.digest:
                conflicts += conflicts_of(entry, by_page, self._shown_texts.texts_of(ref.digest))
            edits += edits_of(self.index, entry, by_page)
        if conflicts:
            return Refusal(conflicts=tuple(conflicts))
        refusal = write_edits(self.site, edits, description)
        return refusal or self._response([ref.id for ref in refs], description)

    def _response(self, entry_ids: Sequence[str], description: str) -> messages.ChangeResponse:
        entries = (load_entry(self.index, entry_id) for entry_id in entry_ids)
        states = [self._state(entry) for entry in entries if not isinstance(entry, Issue)]
        return messages.ChangeResponse(states=states, last_change=self.last_change(), description=description)

    def _state(self, entry: EntryFiles) -> EntryState:
        self._shown_texts.remember(entry)
        newest = max((item.edition for item in self.index.items_by_path.values()), default=None)
        return state_of(self.index, entry, newest)

    def _located(self, entry_id: str) -> messages.LocatedEntry:
        entry = load_entry(self.index, entry_id)
        if isinstance(entry, Issue):
            return messages.LocatedEntry()
        self._shown_texts.remember(entry)
        item, root = entry.latest.item, entry.entry.root
        return messages.LocatedEntry(id=entry.id, digest=entry.digest, title=item.title, lead=item.lead or root.lead)

    def _ranks(self, entry: EntryFiles) -> dict[str, int]:
        """Return the ranks in the edition of an entry, by entry id."""
        edition = self.index.config.edition_of(entry.entry.root.day, entry.entry.root.at)
        ranked = (item for item in self.index.items_by_path.values() if item.lead and item.edition == edition)
        ranks = {self.index.entry_at(item.path): item.lead for item in ranked}
        return {**ranks, entry.id: entry.latest.item.lead or entry.entry.root.lead}

    def _description(self, changes: FieldChanges, refs: Sequence[messages.EntryRef]) -> str:
        """Describe a change for the change log and the undo button."""
        fields = ", ".join(changed_fields(changes))
        item = self.index.latest(self.index.resolve_id(refs[0].id)) if len(refs) == 1 else None
        return f"{fields}: {item.title}" if item else f"{fields}: {len(refs)} entries"
