"""Intake: the decision for each item of a dump, and the page that it writes or changes.

The cases, in this order: a headline whose page an editor removed; a withdrawal or a hold; a headline that a page of the
window has (take, sighting, update, article for a brief, second article); a marker that refers to an earlier item; a
version or follow-up found by threading; a new page.
"""

from collections.abc import Callable
from datetime import date

import msgspec
from msgspec import Struct

from digest.content.merge import MergeConflict
from digest.content.rewrite import page_parts_of, split_paragraphs
from digest.content.store.scan import CONTENT_FOLDER
from digest.ingest.archive.sightings import Sightings, sighting_keys
from digest.ingest.decide.known_pages import KnownPages, PageRecord, record_with_dump
from digest.ingest.decide.similarity import are_similar, share_most_seals
from digest.ingest.decide.takes import has_take, join_take, record_with_take, take_numbers
from digest.ingest.decide.text_diff import diff_excerpts
from digest.ingest.decide.updates import PageUpdate, add_sighting, restores_withdrawn, update_page
from digest.ingest.draft.item import DraftItem, ItemLabels, record_of_draft
from digest.ingest.draft.page import new_page_of
from digest.ingest.markers.instructions import (
    held_issue,
    lone_marker_issue,
    missing_take_issue,
    missing_zone_issue,
    version_of_killed_issue,
)
from digest.ingest.markers.parse import REPLACEMENT_KINDS, UPDATE_KINDS
from digest.ingest.markers.withdrawal import clear_match, killed_issue, stop_page, unmatched_kill_issue
from digest.ingest.report import Outcome
from digest.ingest.write.content_folder import ContentFolder
from digest.issues import Issue, issue
from digest.model import Kind, KnownItem, Relation, Status
from digest.stories import Contradiction
from digest.wire import MarkerKind

_SHOWN_CHARS = 60


class Placement(Struct, frozen=True):
    """Outcome of an item, and the path of its page relative to the content folder (empty: no page)."""

    outcome: Outcome
    page: str = ""


class IntakeRules(Struct, frozen=True, kw_only=True):
    """Rules from the configuration.

    An equal headline within `same_headline_days` is the same item, except for headlines that match `is_recurring`.
    """

    same_headline_days: int
    is_recurring: Callable[[str], bool]


class Intake:
    """Processes items, the oldest first: decides, writes the page, updates the index of pages, collects issues."""

    def __init__(
        self,
        rules: IntakeRules,
        folder: ContentFolder,
        pages: KnownPages,
        sightings: Sightings,
        label: Callable[[DraftItem], ItemLabels],
        issues: list[Issue],
    ) -> None:
        self._rules, self._folder, self._pages, self._sightings, self._label = rules, folder, pages, sightings, label
        self._issues = issues
        self._zone_reported = False

    def process(self, draft: DraftItem) -> Placement:
        """Decide on one item and write its page. Raises OSError when a page cannot be written."""
        if draft.marked.has_no_headline:
            self._issues.append(lone_marker_issue(draft))
            return Placement(Outcome.UNPLACED)
        is_recurring = self._rules.is_recurring(draft.wire.headline)
        window = 0 if is_recurring else self._rules.same_headline_days
        same = [r for r in self._pages.with_key(draft.key) if _days_between(draft.day, r.first_seen) <= window]
        if not same and self._was_removed(draft, window):
            return Placement(Outcome.REMOVED)
        if draft.marked.has(MarkerKind.KILL):
            return self._kill(draft, same)
        if draft.marked.has(MarkerKind.HOLD) and (entries := self._named_entries(draft, same)[0]):
            return self._stop(draft, entries, Status.HOLD, Outcome.HELD)
        if same:
            return self._same_headline(draft, same, window)
        placement = self._by_marker(draft) or self._by_threading(draft, is_recurring=is_recurring)
        if draft.marked.take > 1 and placement.outcome is not Outcome.JOINED:
            self._issues.append(missing_take_issue(draft, placement.page))
        return placement

    def _was_removed(self, draft: DraftItem, window: int) -> bool:
        """Return True if an earlier dump of the window had this headline and no page has it any more."""
        days = [day for day in self._sightings.days_of(draft.key) if _days_between(draft.day, day) <= window]
        page_days = [record.first_seen for record in self._pages.with_key(draft.key)] if days else []
        return any(all(_days_between(day, page_day) > window for page_day in page_days) for day in days)

    def _same_headline(self, draft: DraftItem, same: list[PageRecord], window: int) -> Placement:
        """Place an item whose headline the pages `same` have."""
        if part := next((r for r in same if _is_take_of(draft, r)), None):
            return self._join(draft, part)
        equal = self._pages.with_body(draft.key, " ".join(draft.seals)) if draft.paragraphs else None
        equal = equal if equal and _days_between(draft.day, equal.first_seen) <= window else None
        if equal or not draft.paragraphs:
            record = equal or same[0]
            has_markers = bool(set(draft.marker_texts) - {"repeat"})
            return self._update(draft, record) if has_markers else self._add_sighting(draft, record)
        is_replacement = draft.marked.has(*UPDATE_KINDS, *REPLACEMENT_KINDS)
        for record in same:
            if record.body_seals and (is_replacement or self._is_similar(draft, record)):
                return self._update(draft, record)
        if brief := next((r for r in same if not r.body_seals), None):
            return self._update(draft, brief)
        return self._second_article(draft, same[0], window)

    def _second_article(self, draft: DraftItem, first: PageRecord, window: int) -> Placement:
        """Keep two articles with one headline and different bodies, unless an editor removed the second one."""
        *_, article_key = sighting_keys(draft.wire, draft.key)
        if any(_days_between(draft.day, day) <= window for day in self._sightings.days_of(article_key)):
            return Placement(Outcome.REMOVED)
        place, headline = f"{CONTENT_FOLDER}/{first.path}", draft.wire.headline[:_SHOWN_CHARS]
        message = f"another article has the same headline and a different body: {headline!r}"
        self._issues.append(issue("headline-bodies", place, message, "both are kept; change a headline, or delete one"))
        return self._create(draft, self._label(draft), first.story, Outcome.FOLLOW_UP)

    def _is_similar(self, draft: DraftItem, record: PageRecord) -> bool:
        if share_most_seals(record.body_seals.split(), draft.seals):
            return True
        try:
            body = page_parts_of(self._folder.read(record.path)).body
        except (FileNotFoundError, ValueError):
            return False
        return are_similar(split_paragraphs(body), draft.paragraphs)

    def _by_marker(self, draft: DraftItem) -> Placement | None:
        """Place an item whose marker says that it repeats an earlier one, under a slightly different headline."""
        if not draft.marked.has(*UPDATE_KINDS, *REPLACEMENT_KINDS):
            return None
        replaces = draft.marked.has(MarkerKind.CORRECTION, MarkerKind.REFILE)
        candidates = self._pages.likely_entries(self._known_of(draft))
        likely = [one for one in candidates if replaces or one.contradiction in {None, Contradiction.NUMBER}]
        if not likely:
            return None
        latest = self._pages.latest_version(likely[0].root_id)
        if replaces or draft.marked.has(MarkerKind.REPEAT):
            return self._update(draft, latest)
        return self._add_version(draft, self._label(draft), latest.id)

    def _named_entries(self, draft: DraftItem, same: list[PageRecord]) -> tuple[list[PageRecord], list[PageRecord]]:
        """Return the roots of the entries that a withdrawal names, and the roots of up to three candidates.

        These are the entries with its headline (`same`), else the one clear match.
        """
        likely = [] if same else self._pages.likely_entries(self._known_of(draft))
        match = clear_match(likely)
        roots = [self._pages.root_id(record.id) for record in same] or ([match.root_id] if match else [])
        candidates = [self._pages.get(entry.root_id) for entry in likely[:3]]
        return [self._pages.get(root) for root in dict.fromkeys(roots)], candidates

    def _kill(self, draft: DraftItem, same: list[PageRecord]) -> Placement:
        """Kill the entries that a withdrawal names; if there is none, report the candidates."""
        entries, candidates = self._named_entries(draft, same)
        if entries:
            return self._stop(draft, entries, Status.KILLED, Outcome.KILLED)
        self._issues.append(unmatched_kill_issue(draft, candidates))
        return Placement(Outcome.UNPLACED)

    def _stop(self, draft: DraftItem, entries: list[PageRecord], status: Status, outcome: Outcome) -> Placement:
        """Give entries a status that keeps them off the site."""
        for record in entries:
            stopped: list[str | None] = []

            def change(text: str, stopped: list[str | None] = stopped) -> str:
                stopped.append(stop_page(text, draft, status))
                return stopped[0] or text

            if self._rewrite(record, change) and stopped[0]:
                note = killed_issue(draft, record) if status is Status.KILLED else held_issue(record.path, draft)
                self._issues += filter(None, (note,))
                self._pages.replace(_stopped_record(record, draft, status))
        return Placement(outcome, entries[0].path)

    def _join(self, draft: DraftItem, record: PageRecord) -> Placement:
        """Add another take to the page of an article."""
        if has_take(record, draft):
            return self._add_sighting(draft, record)
        if not self._rewrite(record, lambda text: join_take(text, draft)):
            return Placement(Outcome.SEEN, record.path)
        joined = record_with_take(record, draft)
        self._pages.replace(joined)
        if 1 in take_numbers(joined.markers):
            place = f"{CONTENT_FOLDER}/{record.path}"
            self._issues[:] = [i for i in self._issues if (i.code, i.place.file) != ("wire-take-missed", place)]
        return Placement(Outcome.JOINED, record.path)

    def _known_of(self, draft: DraftItem, labels: ItemLabels | None = None) -> KnownItem:
        """Return the item for threading. Its id is empty, because there is no page yet."""
        return KnownItem(
            id="",
            title=draft.wire.headline,
            day=draft.day,
            seen=draft.seen,
            story="",
            root="",
            regions=labels.regions if labels else (),
            categories=labels.categories if labels else (),
        )

    def _by_threading(self, draft: DraftItem, *, is_recurring: bool) -> Placement:
        """Place an item whose headline no page of the window has: a version, a follow-up, or new."""
        labels = self._label(draft)
        if draft.marked.has(MarkerKind.ADVISORY):
            return self._create(draft, labels, self._pages.free_id(draft.key, draft.day), Outcome.NEW)
        thread = self._pages.thread(self._known_of(draft, labels), draft.prepared_title)
        if thread.relation is Relation.VERSION and not is_recurring:
            return self._add_version(draft, labels, thread.entry_id)
        outcome = Outcome.NEW if thread.relation is Relation.NEW else Outcome.FOLLOW_UP
        return self._create(draft, labels, thread.story, outcome)

    def _add_version(self, draft: DraftItem, labels: ItemLabels, of: str) -> Placement:
        """Create a version of the entry of page `of`, or turn its brief into the article.

        A version has the labels of its entry, because an editor may have set them.
        """
        latest, root = self._pages.latest_version(of), self._pages.get(self._pages.root_id(of))
        if draft.paragraphs and latest.kind is Kind.BRIEF:
            return self._update(draft, latest)
        if any(record.killed for record in self._pages.entry_pages(of)):
            self._issues.append(version_of_killed_issue(draft, root.path))
        inherited = ItemLabels(regions=root.regions or labels.regions, categories=root.categories or labels.categories)
        return self._create(draft, inherited, root.story, Outcome.VERSION, root.id)

    def _create(
        self, draft: DraftItem, labels: ItemLabels, story: str, outcome: Outcome, version_of: str = ""
    ) -> Placement:
        """Create a page."""
        page_id = self._pages.free_id(draft.key, draft.day)
        day = f"{draft.day:%Y/%m/%d}"
        exists = lambda slug: self._folder.exists(f"{day}/{slug}.md")  # noqa: E731 - one use, beside it
        slug = self._pages.free_slug(draft.wire.headline, draft.day, page_id, exists)
        record = record_of_draft(draft, labels, page_id, slug, story, version_of)
        self._folder.add(record.path, new_page_of(draft, record))
        self._pages.add(record, draft.prepared_title)
        self._report_markers(draft, record.path)
        return Placement(outcome, record.path)

    def _add_sighting(self, draft: DraftItem, record: PageRecord) -> Placement:
        """Add the dump and its source to a page."""
        if draft.dump not in record.dumps:
            self._rewrite(record, lambda text: add_sighting(text, draft))
            self._pages.replace(record_with_dump(record, draft.dump, draft.sources))
        return Placement(Outcome.SEEN, record.path)

    def _update(self, draft: DraftItem, record: PageRecord) -> Placement:
        """Merge an item into a page: an article for a brief, a changed body, a corrected headline."""
        updates: list[PageUpdate] = []

        def change(text: str) -> str:
            if restores_withdrawn(text, draft):
                return add_sighting(text, draft)
            updates.append(update_page(text, draft, self._label(draft)))
            return updates[0].text

        if not self._rewrite(record, change) or not updates:
            return Placement(Outcome.SEEN, record.path)
        update = updates[0]
        if draft.status and update.status_changed:
            self._report_markers(draft, record.path)
        self._issues += [conflict_issue(record.path, offer) for offer in update.offers]
        self._pages.replace(_updated_record(record, draft, update))
        if not update.changed:
            return Placement(Outcome.SEEN, record.path)
        if record.killed:
            self._issues.append(version_of_killed_issue(draft, record.path))
        if draft.is_correction:
            return Placement(Outcome.CORRECTED, record.path)
        return Placement(Outcome.ARTICLE if record.kind is Kind.BRIEF else Outcome.UPDATED, record.path)

    def _report_markers(self, draft: DraftItem, path: str) -> None:
        """Report an item that its markers keep off the site, and once an embargo without a zone."""
        self._issues += filter(None, (held_issue(path, draft),))
        if not draft.has_zone and not self._zone_reported:
            self._zone_reported = True
            self._issues.append(missing_zone_issue(draft))

    def _rewrite(self, record: PageRecord, change: Callable[[str], str]) -> bool:
        """Change the text of a page. If it cannot be changed without damage, report that and return False."""
        try:
            text = self._folder.read(record.path)
            changed = change(text)
        except (FileNotFoundError, ValueError) as error:
            message = f"the wire repeats this item, but the page cannot be changed: {error}"
            self._issues.append(
                issue("page-unreadable", f"{CONTENT_FOLDER}/{record.path}", message, "correct the page")
            )
            return False
        if changed != text:
            self._folder.write(record.path, changed)
        return True


def conflict_issue(path: str, offer: MergeConflict) -> Issue:
    """Return the issue for a text of the wire that differs from an editor's text."""
    ours, theirs = diff_excerpts(offer.ours, offer.theirs)
    message = f"`{offer.field}`: the wire has {theirs!r}; the page keeps {ours!r}"
    file = f"{CONTENT_FOLDER}/{path}"
    hint = f"`digest import --take wire {file}` takes the wire's text, `--take ours` keeps the page's for good"
    return issue("merge-conflict", file, message, hint)


def _updated_record(record: PageRecord, draft: DraftItem, update: PageUpdate) -> PageRecord:
    seen = record_with_dump(record, draft.dump, draft.sources) if draft.dump not in record.dumps else record
    return msgspec.structs.replace(
        seen,
        title=update.title or record.title,
        regions=update.regions or record.regions,
        categories=update.categories or record.categories,
        kind=Kind.ARTICLE if update.body_seals else record.kind,
        keys=tuple(dict.fromkeys((*record.keys, draft.key))),
        body_seals=" ".join(update.body_seals),
        markers=draft.marker_texts or record.markers,
    )


def _stopped_record(record: PageRecord, draft: DraftItem, status: Status) -> PageRecord:
    seen = record_with_dump(record, draft.dump, ()) if draft.dump not in record.dumps else record
    keys = tuple(dict.fromkeys((*record.keys, draft.key)))
    markers = tuple(dict.fromkeys((*record.markers, str(status))))
    return msgspec.structs.replace(seen, killed=status is Status.KILLED, keys=keys, markers=markers)


def _is_take_of(draft: DraftItem, record: PageRecord) -> bool:
    """Return True if an item and a page are takes of one article."""
    if not draft.paragraphs or not record.body_seals:
        return False
    is_replacement = draft.marked.has(*UPDATE_KINDS, *REPLACEMENT_KINDS)
    return draft.marked.take > 1 or ("take" in record.marker_words and not is_replacement)


def _days_between(one: date, other: date) -> int:
    return abs((one - other).days)
