"""What becomes of one item of a dump: a new page, a version, an article for a brief, or one more sighting."""

from collections.abc import Callable
from datetime import date

import msgspec
from msgspec import Struct

from digest.content.merge import Offer
from digest.content.rewrite import paragraphs_in, parts_of
from digest.content.store.scan import FOLDER
from digest.ingest.archive.dumps import Sightings, said
from digest.ingest.decide.known_pages import Ledger, Record, with_dump
from digest.ingest.decide.similarity import alike, mostly_sealed
from digest.ingest.decide.takes import is_joined, joined, takes_in, with_take
from digest.ingest.decide.text_diff import difference
from digest.ingest.decide.updates import Renewed, brings_back, renewed, seen_again
from digest.ingest.draft.item import Labelled, Sheet, record_of_new
from digest.ingest.draft.page import fresh_of
from digest.ingest.markers.instructions import again_killed, alone, held, take_missed, zone_missing
from digest.ingest.markers.parse import IN_PLACE, UPDATES
from digest.ingest.markers.withdrawal import meant, missed, stopped, told
from digest.ingest.report import Outcome
from digest.ingest.write.content_folder import Folder
from digest.issues import Issue, issue
from digest.model import Kind, Known, Relation, Status
from digest.stories import Turn
from digest.wire import MarkerKind

_SHOWN = 60


class Placed(Struct, frozen=True):
    """What became of an item, and the page that has it now, relative to the content folder."""

    outcome: Outcome
    page: str = ""


class Rules(Struct, frozen=True, kw_only=True):
    """For how many days a headline is the same item, and which are new every day."""

    same_headline_days: int
    recurs: Callable[[str], bool]


class Intake:
    """Takes items one after the other, oldest first, and writes their pages; adds what is wrong to `issues`."""

    def __init__(
        self,
        rules: Rules,
        folder: Folder,
        ledger: Ledger,
        sightings: Sightings,
        label: Callable[[Sheet], Labelled],
        issues: list[Issue],
    ) -> None:
        self._rules, self._folder, self._ledger, self._sightings, self._label = rules, folder, ledger, sightings, label
        self._issues = issues
        self._zone_told = False

    def take(self, sheet: Sheet) -> Placed:
        """Place one item. Raises OSError when a page cannot be written."""
        if sheet.marked.alone:
            self._issues.append(alone(sheet))
            return Placed(Outcome.UNPLACED)
        recurring = self._rules.recurs(sheet.wire.headline)
        window = 0 if recurring else self._rules.same_headline_days
        same = [r for r in self._ledger.with_key(sheet.key) if _days(sheet.first, r.first) <= window]
        if not same and self._was_removed(sheet, window):
            return Placed(Outcome.REMOVED)
        if sheet.marked.has(MarkerKind.KILL):
            return self._killed(sheet, same)
        if sheet.marked.has(MarkerKind.HOLD) and (named := self._meant(sheet, same)[0]):
            return self._stopped(sheet, named, Status.HOLD, Outcome.HELD)
        if same:
            return self._said_again(sheet, same, window)
        placed = self._marked(sheet) or self._threaded(sheet, recurring=recurring)
        if sheet.marked.take > 1 and placed.outcome is not Outcome.JOINED:
            self._issues.append(take_missed(sheet, placed.page))
        return placed

    def _was_removed(self, sheet: Sheet, window: int) -> bool:
        """Whether an earlier dump of the window said this headline for a page that is there no more."""
        days = [d for d in self._sightings.days(sheet.key) if _days(sheet.first, d) <= window]
        firsts = [record.first for record in self._ledger.with_key(sheet.key)] if days else []
        return any(all(_days(day, first) > window for first in firsts) for day in days)

    def _said_again(self, sheet: Sheet, same: list[Record], window: int) -> Placed:
        """A headline that pages of the window have: the same brief, the same article, an article for a brief."""
        if part := next((r for r in same if _is_part(sheet, r)), None):
            return self._joined(sheet, part)
        equal = self._ledger.with_body(sheet.key, " ".join(sheet.seals)) if sheet.paragraphs else None
        equal = equal if equal and _days(sheet.first, equal.first) <= window else None
        if equal or not sheet.paragraphs:
            found = equal or same[0]
            return self._renewed(sheet, found) if set(sheet.markers) - {"repeat"} else self._seen(sheet, found)
        for record in same:
            if record.body and (sheet.marked.has(*UPDATES, *IN_PLACE) or self._is_alike(sheet, record)):
                return self._renewed(sheet, record)
        brief = next((r for r in same if not r.body), None)
        if brief:
            return self._renewed(sheet, brief)
        *_, article = said(sheet.wire, sheet.key)
        if any(_days(sheet.first, day) <= window for day in self._sightings.days(article)):
            return Placed(Outcome.REMOVED)
        place, headline = f"{FOLDER}/{same[0].path}", sheet.wire.headline[:_SHOWN]
        message = f"another article has the same headline and a different body: {headline!r}"
        self._issues.append(issue("headline-bodies", place, message, "both are kept; change a headline, or delete one"))
        return self._new(sheet, self._label(sheet), same[0].story, Outcome.FOLLOW_UP)

    def _is_alike(self, sheet: Sheet, record: Record) -> bool:
        if mostly_sealed(record.body.split(), sheet.seals):
            return True
        try:
            body = parts_of(self._folder.read(record.path)).body
        except (FileNotFoundError, ValueError):
            return False
        return alike(paragraphs_in(body), sheet.paragraphs)

    def _marked(self, sheet: Sheet) -> Placed | None:
        """What the wire says that it said before, under a headline that is not quite the same."""
        if not sheet.marked.has(*UPDATES, *IN_PLACE):
            return None
        replaces = sheet.marked.has(MarkerKind.CORRECTION, MarkerKind.REFILE)
        likely = [one for one in self._ledger.likely(self._known(sheet)) if replaces or one.turn in {None, Turn.NUMBER}]
        if not likely:
            return None
        latest = self._ledger.latest(likely[0].root)
        if replaces or sheet.marked.has(MarkerKind.REPEAT):
            return self._renewed(sheet, latest)
        return self._version(sheet, self._label(sheet), latest.id)

    def _meant(self, sheet: Sheet, same: list[Record]) -> tuple[list[Record], list[Record]]:
        """The entries, by their roots, that have this headline, else the one that is surely meant; and those near."""
        likely = [] if same else self._ledger.likely(self._known(sheet))
        one = meant(likely)
        roots = [self._ledger.root(record.id) for record in same] or ([one.root] if one else [])
        near = [self._ledger.get(other.root) for other in likely[:3]]
        return [self._ledger.get(root) for root in dict.fromkeys(roots)], near

    def _killed(self, sheet: Sheet, same: list[Record]) -> Placed:
        """Withdraw what an item names."""
        named, near = self._meant(sheet, same)
        if named:
            return self._stopped(sheet, named, Status.KILLED, Outcome.KILLED)
        self._issues.append(missed(sheet, near))
        return Placed(Outcome.UNPLACED)

    def _stopped(self, sheet: Sheet, named: list[Record], status: Status, outcome: Outcome) -> Placed:
        """Give entries a status that keeps them off the site."""
        for record in named:
            texts: list[str | None] = []

            def change(text: str, texts: list[str | None] = texts) -> str:
                texts.append(stopped(text, sheet, status))
                return texts[0] or text

            if self._change(record, change) and texts[0]:
                self._issues += filter(
                    None, (told(sheet, record) if status is Status.KILLED else held(record.path, sheet),)
                )
                self._ledger.replace(_stopped_record(record, sheet, status))
        return Placed(outcome, named[0].path)

    def _joined(self, sheet: Sheet, record: Record) -> Placed:
        """Another take of an article."""
        if is_joined(record, sheet):
            return self._seen(sheet, record)
        if not self._change(record, lambda text: joined(text, sheet)):
            return Placed(Outcome.SEEN, record.path)
        after = with_take(record, sheet)
        self._ledger.replace(after)
        if 1 in takes_in(after.markers):
            found = f"{FOLDER}/{record.path}"
            self._issues[:] = [i for i in self._issues if (i.code, i.place.file) != ("wire-take-missed", found)]
        return Placed(Outcome.JOINED, record.path)

    def _known(self, sheet: Sheet, labels: Labelled | None = None) -> Known:
        """A new item as threading sees it: without an id, which no page gives it yet."""
        return Known(
            id="",
            title=sheet.wire.headline,
            day=sheet.first,
            seen=sheet.seen,
            story="",
            root="",
            regions=labels.regions if labels else (),
            categories=labels.categories if labels else (),
        )

    def _threaded(self, sheet: Sheet, *, recurring: bool) -> Placed:
        """A headline that no page of the window has: something new, or an earlier item said differently."""
        labels = self._label(sheet)
        if sheet.marked.has(MarkerKind.ADVISORY):
            return self._new(sheet, labels, self._ledger.free_id(sheet.key, sheet.first), Outcome.NEW)
        thread = self._ledger.thread(self._known(sheet, labels), sheet.filed)
        if thread.relation is Relation.VERSION and not recurring:
            return self._version(sheet, labels, thread.of)
        outcome = Outcome.NEW if thread.relation is Relation.NEW else Outcome.FOLLOW_UP
        return self._new(sheet, labels, thread.story, outcome)

    def _version(self, sheet: Sheet, labels: Labelled, of: str) -> Placed:
        """The sentence again, changed. Its labels are those of its entry, which an editor may have set."""
        latest, root = self._ledger.latest(of), self._ledger.get(self._ledger.root(of))
        if sheet.paragraphs and latest.kind is Kind.BRIEF:
            return self._renewed(sheet, latest)
        if any(record.killed for record in self._ledger.family(of)):
            self._issues.append(again_killed(sheet, root.path))
        same = Labelled(regions=root.regions or labels.regions, categories=root.categories or labels.categories)
        return self._new(sheet, same, root.story, Outcome.VERSION, root.id)

    def _new(self, sheet: Sheet, labels: Labelled, story: str, outcome: Outcome, version_of: str = "") -> Placed:
        name = self._ledger.free_id(sheet.key, sheet.first)
        day = f"{sheet.first:%Y/%m/%d}"
        exists = lambda slug: self._folder.exists(f"{day}/{slug}.md")  # noqa: E731 - one use, beside it
        slug = self._ledger.free_slug(sheet.wire.headline, sheet.first, name, exists)
        record = record_of_new(sheet, labels, name, slug, story, version_of)
        self._folder.add(record.path, fresh_of(sheet, record))
        self._ledger.add(record, sheet.filed)
        self._tell(sheet, record.path)
        return Placed(outcome, record.path)

    def _seen(self, sheet: Sheet, record: Record) -> Placed:
        if sheet.dump not in record.dumps:
            self._change(record, lambda text: seen_again(text, sheet))
            self._ledger.replace(with_dump(record, sheet.dump, sheet.sources))
        return Placed(Outcome.SEEN, record.path)

    def _renewed(self, sheet: Sheet, record: Record) -> Placed:
        """An article for the page of a brief, or one whose body has changed."""
        made: list[Renewed] = []

        def change(text: str) -> str:
            if brings_back(text, sheet):
                return seen_again(text, sheet)
            made.append(renewed(text, sheet, self._label(sheet)))
            return made[0].text

        if not self._change(record, change) or not made:
            return Placed(Outcome.SEEN, record.path)
        new = made[0]
        if sheet.status and new.ordered:
            self._tell(sheet, record.path)
        self._issues += [conflict(record.path, offer) for offer in new.offers]
        self._ledger.replace(_after(record, sheet, new))
        if not new.changed:
            return Placed(Outcome.SEEN, record.path)
        if record.killed:
            self._issues.append(again_killed(sheet, record.path))
        if sheet.corrects:
            return Placed(Outcome.CORRECTED, record.path)
        return Placed(Outcome.ARTICLE if record.kind is Kind.BRIEF else Outcome.UPDATED, record.path)

    def _tell(self, sheet: Sheet, path: str) -> None:
        """What an editor must know of an item that its markers keep off the site, or hold back."""
        self._issues += filter(None, (held(path, sheet),))
        if not sheet.zoned and not self._zone_told:
            self._zone_told = True
            self._issues.append(zone_missing(sheet))

    def _change(self, record: Record, change: Callable[[str], str]) -> bool:
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


def conflict(path: str, offer: Offer) -> Issue:
    """What the wire says and an editor has said differently."""
    ours, theirs = difference(offer.ours, offer.theirs)
    message = f"`{offer.field}`: the wire has {theirs!r}; the page keeps {ours!r}"
    hint = f"`digest import --take wire {FOLDER}/{path}` takes the wire's, `--take ours` settles on the page's"
    return issue("merge-conflict", f"{FOLDER}/{path}", message, hint)


def _after(record: Record, sheet: Sheet, new: Renewed) -> Record:
    seen = with_dump(record, sheet.dump, sheet.sources) if sheet.dump not in record.dumps else record
    return msgspec.structs.replace(
        seen,
        title=new.title or record.title,
        regions=new.regions or record.regions,
        categories=new.categories or record.categories,
        kind=Kind.ARTICLE if new.seals else record.kind,
        keys=tuple(dict.fromkeys((*record.keys, sheet.key))),
        body=" ".join(new.seals),
        markers=sheet.markers or record.markers,
    )


def _stopped_record(record: Record, sheet: Sheet, status: Status) -> Record:
    seen = with_dump(record, sheet.dump, ()) if sheet.dump not in record.dumps else record
    keys = tuple(dict.fromkeys((*record.keys, sheet.key)))
    markers = tuple(dict.fromkeys((*record.markers, str(status))))
    return msgspec.structs.replace(seen, killed=status is Status.KILLED, keys=keys, markers=markers)


def _is_part(sheet: Sheet, record: Record) -> bool:
    """Whether an item and a page are takes of one article."""
    if not sheet.paragraphs or not record.body:
        return False
    return sheet.marked.take > 1 or ("take" in record.marks and not sheet.marked.has(*UPDATES, *IN_PLACE))


def _days(one: date, other: date) -> int:
    return abs((one - other).days)
