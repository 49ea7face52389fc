"""What becomes of one item of a dump: a new page, a version, an article for a brief, or one more sighting."""

from collections.abc import Callable
from datetime import date

import msgspec
from msgspec import Struct

from digest.content.merge import Offer
from digest.content.rewrite import paragraphs_in, parts_of
from digest.content.store.scan import FOLDER
from digest.ingest.archive.dumps import Sightings, sighting_keys
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
from digest.model import Kind, Known, Relation, Status
from digest.stories import Turn
from digest.wire import MarkerKind

_SHOWN = 60


class Placement(Struct, frozen=True):
    """What became of an item, and the page that has it now, relative to the content folder."""

    outcome: Outcome
    page: str = ""


class IntakeRules(Struct, frozen=True, kw_only=True):
    """For how many days a headline is the same item, and which are new every day."""

    same_headline_days: int
    is_recurring: Callable[[str], bool]


class Intake:
    """Takes items one after the other, oldest first, and writes their pages; adds what is wrong to `issues`."""

    def __init__(
        self,
        rules: IntakeRules,
        folder: ContentFolder,
        pages: KnownPages,
        sightings: Sightings,
        label: Callable[[DraftItem], ItemLabels],
        issues: list[Issue],
    ) -> None:
        self._rules, self._folder, self._ledger, self._sightings, self._label = rules, folder, pages, sightings, label
        self._issues = issues
        self._zone_told = False

    def process(self, sheet: DraftItem) -> Placement:
        """Place one item. Raises OSError when a page cannot be written."""
        if sheet.marked.has_no_headline:
            self._issues.append(lone_marker_issue(sheet))
            return Placement(Outcome.UNPLACED)
        recurring = self._rules.is_recurring(sheet.wire.headline)
        window = 0 if recurring else self._rules.same_headline_days
        same = [r for r in self._ledger.with_key(sheet.key) if _days(sheet.day, r.first_seen) <= window]
        if not same and self._was_removed(sheet, window):
            return Placement(Outcome.REMOVED)
        if sheet.marked.has(MarkerKind.KILL):
            return self._killed(sheet, same)
        if sheet.marked.has(MarkerKind.HOLD) and (named := self._meant(sheet, same)[0]):
            return self._stopped(sheet, named, Status.HOLD, Outcome.HELD)
        if same:
            return self._said_again(sheet, same, window)
        placed = self._marked(sheet) or self._threaded(sheet, recurring=recurring)
        if sheet.marked.take > 1 and placed.outcome is not Outcome.JOINED:
            self._issues.append(missing_take_issue(sheet, placed.page))
        return placed

    def _was_removed(self, sheet: DraftItem, window: int) -> bool:
        """Whether an earlier dump of the window said this headline for a page that is there no more."""
        days = [d for d in self._sightings.days_of(sheet.key) if _days(sheet.day, d) <= window]
        firsts = [record.first_seen for record in self._ledger.with_key(sheet.key)] if days else []
        return any(all(_days(day, first) > window for first in firsts) for day in days)

    def _said_again(self, sheet: DraftItem, same: list[PageRecord], window: int) -> Placement:
        """A headline that pages of the window have: the same brief, the same article, an article for a brief."""
        if part := next((r for r in same if _is_part(sheet, r)), None):
            return self._joined(sheet, part)
        equal = self._ledger.with_body(sheet.key, " ".join(sheet.seals)) if sheet.paragraphs else None
        equal = equal if equal and _days(sheet.day, equal.first_seen) <= window else None
        if equal or not sheet.paragraphs:
            found = equal or same[0]
            return self._renewed(sheet, found) if set(sheet.marker_texts) - {"repeat"} else self._seen(sheet, found)
        for record in same:
            if record.body_seals and (
                sheet.marked.has(*UPDATE_KINDS, *REPLACEMENT_KINDS) or self._is_alike(sheet, record)
            ):
                return self._renewed(sheet, record)
        brief = next((r for r in same if not r.body_seals), None)
        if brief:
            return self._renewed(sheet, brief)
        *_, article = sighting_keys(sheet.wire, sheet.key)
        if any(_days(sheet.day, day) <= window for day in self._sightings.days_of(article)):
            return Placement(Outcome.REMOVED)
        place, headline = f"{FOLDER}/{same[0].path}", sheet.wire.headline[:_SHOWN]
        message = f"another article has the same headline and a different body: {headline!r}"
        self._issues.append(issue("headline-bodies", place, message, "both are kept; change a headline, or delete one"))
        return self._new(sheet, self._label(sheet), same[0].story, Outcome.FOLLOW_UP)

    def _is_alike(self, sheet: DraftItem, record: PageRecord) -> bool:
        if share_most_seals(record.body_seals.split(), sheet.seals):
            return True
        try:
            body = parts_of(self._folder.read(record.path)).body
        except (FileNotFoundError, ValueError):
            return False
        return are_similar(paragraphs_in(body), sheet.paragraphs)

    def _marked(self, sheet: DraftItem) -> Placement | None:
        """What the wire says that it said before, under a headline that is not quite the same."""
        if not sheet.marked.has(*UPDATE_KINDS, *REPLACEMENT_KINDS):
            return None
        replaces = sheet.marked.has(MarkerKind.CORRECTION, MarkerKind.REFILE)
        likely = [
            one
            for one in self._ledger.likely_entries(self._known(sheet))
            if replaces or one.turn in {None, Turn.NUMBER}
        ]
        if not likely:
            return None
        latest = self._ledger.latest_version(likely[0].root)
        if replaces or sheet.marked.has(MarkerKind.REPEAT):
            return self._renewed(sheet, latest)
        return self._version(sheet, self._label(sheet), latest.id)

    def _meant(self, sheet: DraftItem, same: list[PageRecord]) -> tuple[list[PageRecord], list[PageRecord]]:
        """The entries, by their roots, that have this headline, else the one that is surely meant; and those near."""
        likely = [] if same else self._ledger.likely_entries(self._known(sheet))
        one = clear_match(likely)
        roots = [self._ledger.root_id(record.id) for record in same] or ([one.root] if one else [])
        near = [self._ledger.get(other.root) for other in likely[:3]]
        return [self._ledger.get(root) for root in dict.fromkeys(roots)], near

    def _killed(self, sheet: DraftItem, same: list[PageRecord]) -> Placement:
        """Withdraw what an item names."""
        named, near = self._meant(sheet, same)
        if named:
            return self._stopped(sheet, named, Status.KILLED, Outcome.KILLED)
        self._issues.append(unmatched_kill_issue(sheet, near))
        return Placement(Outcome.UNPLACED)

    def _stopped(self, sheet: DraftItem, named: list[PageRecord], status: Status, outcome: Outcome) -> Placement:
        """Give entries a status that keeps them off the site."""
        for record in named:
            texts: list[str | None] = []

            def change(text: str, texts: list[str | None] = texts) -> str:
                texts.append(stop_page(text, sheet, status))
                return texts[0] or text

            if self._change(record, change) and texts[0]:
                self._issues += filter(
                    None, (killed_issue(sheet, record) if status is Status.KILLED else held_issue(record.path, sheet),)
                )
                self._ledger.replace(_stopped_record(record, sheet, status))
        return Placement(outcome, named[0].path)

    def _joined(self, sheet: DraftItem, record: PageRecord) -> Placement:
        """Another take of an article."""
        if has_take(record, sheet):
            return self._seen(sheet, record)
        if not self._change(record, lambda text: join_take(text, sheet)):
            return Placement(Outcome.SEEN, record.path)
        after = record_with_take(record, sheet)
        self._ledger.replace(after)
        if 1 in take_numbers(after.markers):
            found = f"{FOLDER}/{record.path}"
            self._issues[:] = [i for i in self._issues if (i.code, i.place.file) != ("wire-take-missed", found)]
        return Placement(Outcome.JOINED, record.path)

    def _known(self, sheet: DraftItem, labels: ItemLabels | None = None) -> Known:
        """A new item as threading sees it: without an id, which no page gives it yet."""
        return Known(
            id="",
            title=sheet.wire.headline,
            day=sheet.day,
            seen=sheet.seen,
            story="",
            root="",
            regions=labels.regions if labels else (),
            categories=labels.categories if labels else (),
        )

    def _threaded(self, sheet: DraftItem, *, recurring: bool) -> Placement:
        """A headline that no page of the window has: something new, or an earlier item said differently."""
        labels = self._label(sheet)
        if sheet.marked.has(MarkerKind.ADVISORY):
            return self._new(sheet, labels, self._ledger.free_id(sheet.key, sheet.day), Outcome.NEW)
        thread = self._ledger.thread(self._known(sheet, labels), sheet.prepared_title)
        if thread.relation is Relation.VERSION and not recurring:
            return self._version(sheet, labels, thread.of)
        outcome = Outcome.NEW if thread.relation is Relation.NEW else Outcome.FOLLOW_UP
        return self._new(sheet, labels, thread.story, outcome)

    def _version(self, sheet: DraftItem, labels: ItemLabels, of: str) -> Placement:
        """The sentence again, changed. Its labels are those of its entry, which an editor may have set."""
        latest, root = self._ledger.latest_version(of), self._ledger.get(self._ledger.root_id(of))
        if sheet.paragraphs and latest.kind is Kind.BRIEF:
            return self._renewed(sheet, latest)
        if any(record.killed for record in self._ledger.entry_pages(of)):
            self._issues.append(version_of_killed_issue(sheet, root.path))
        same = ItemLabels(regions=root.regions or labels.regions, categories=root.categories or labels.categories)
        return self._new(sheet, same, root.story, Outcome.VERSION, root.id)

    def _new(
        self, sheet: DraftItem, labels: ItemLabels, story: str, outcome: Outcome, version_of: str = ""
    ) -> Placement:
        name = self._ledger.free_id(sheet.key, sheet.day)
        day = f"{sheet.day:%Y/%m/%d}"
        exists = lambda slug: self._folder.exists(f"{day}/{slug}.md")  # noqa: E731 - one use, beside it
        slug = self._ledger.free_slug(sheet.wire.headline, sheet.day, name, exists)
        record = record_of_draft(sheet, labels, name, slug, story, version_of)
        self._folder.add(record.path, new_page_of(sheet, record))
        self._ledger.add(record, sheet.prepared_title)
        self._tell(sheet, record.path)
        return Placement(outcome, record.path)

    def _seen(self, sheet: DraftItem, record: PageRecord) -> Placement:
        if sheet.dump not in record.dumps:
            self._change(record, lambda text: add_sighting(text, sheet))
            self._ledger.replace(record_with_dump(record, sheet.dump, sheet.sources))
        return Placement(Outcome.SEEN, record.path)

    def _renewed(self, sheet: DraftItem, record: PageRecord) -> Placement:
        """An article for the page of a brief, or one whose body has changed."""
        made: list[PageUpdate] = []

        def change(text: str) -> str:
            if restores_withdrawn(text, sheet):
                return add_sighting(text, sheet)
            made.append(update_page(text, sheet, self._label(sheet)))
            return made[0].text

        if not self._change(record, change) or not made:
            return Placement(Outcome.SEEN, record.path)
        new = made[0]
        if sheet.status and new.status_changed:
            self._tell(sheet, record.path)
        self._issues += [conflict_issue(record.path, offer) for offer in new.offers]
        self._ledger.replace(_after(record, sheet, new))
        if not new.changed:
            return Placement(Outcome.SEEN, record.path)
        if record.killed:
            self._issues.append(version_of_killed_issue(sheet, record.path))
        if sheet.is_correction:
            return Placement(Outcome.CORRECTED, record.path)
        return Placement(Outcome.ARTICLE if record.kind is Kind.BRIEF else Outcome.UPDATED, record.path)

    def _tell(self, sheet: DraftItem, path: str) -> None:
        """What an editor must know of an item that its markers keep off the site, or hold back."""
        self._issues += filter(None, (held_issue(path, sheet),))
        if not sheet.has_zone and not self._zone_told:
            self._zone_told = True
            self._issues.append(missing_zone_issue(sheet))

    def _change(self, record: PageRecord, change: Callable[[str], str]) -> bool:
        """Change a page; False, with an issue, where it cannot be changed without harm."""
        try:
            text = self._folder.read(record.path)
            changed = change(text)
        except (FileNotFoundError, ValueError) as error:
            message = f"the wire says this again, but the page cannot be changed: {error}"
            self._issues.append(issue("page-unreadable", f"{FOLDER}/{record.path}", message, "mend the page"))
            return False
        if changed != text:
            self._folder.write(record.path, changed)
        return True


def conflict_issue(path: str, offer: Offer) -> Issue:
    """What the wire says and an editor has said differently."""
    ours, theirs = diff_excerpts(offer.ours, offer.theirs)
    message = f"`{offer.field}`: the wire has {theirs!r}; the page keeps {ours!r}"
    hint = f"`digest import --take wire {FOLDER}/{path}` takes the wire's, `--take ours` settles on the page's"
    return issue("merge-conflict", f"{FOLDER}/{path}", message, hint)


def _after(record: PageRecord, sheet: DraftItem, new: PageUpdate) -> PageRecord:
    seen = record_with_dump(record, sheet.dump, sheet.sources) if sheet.dump not in record.dumps else record
    return msgspec.structs.replace(
        seen,
        title=new.title or record.title,
        regions=new.regions or record.regions,
        categories=new.categories or record.categories,
        kind=Kind.ARTICLE if new.body_seals else record.kind,
        keys=tuple(dict.fromkeys((*record.keys, sheet.key))),
        body_seals=" ".join(new.body_seals),
        markers=sheet.marker_texts or record.markers,
    )


def _stopped_record(record: PageRecord, sheet: DraftItem, status: Status) -> PageRecord:
    seen = record_with_dump(record, sheet.dump, ()) if sheet.dump not in record.dumps else record
    keys = tuple(dict.fromkeys((*record.keys, sheet.key)))
    markers = tuple(dict.fromkeys((*record.markers, str(status))))
    return msgspec.structs.replace(seen, killed=status is Status.KILLED, keys=keys, markers=markers)


def _is_part(sheet: DraftItem, record: PageRecord) -> bool:
    """Whether an item and a page are takes of one article."""
    if not sheet.paragraphs or not record.body_seals:
        return False
    return sheet.marked.take > 1 or (
        "take" in record.marker_words and not sheet.marked.has(*UPDATE_KINDS, *REPLACEMENT_KINDS)
    )


def _days(one: date, other: date) -> int:
    return abs((one - other).days)
