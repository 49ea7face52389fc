"""One import from its first dump to its last: what is open while it goes on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from digest.config import Config
from digest.content.store.archive import SCHEMA, Archive
from digest.content.store.database import open_store
from digest.content.store.scan import DUMPS
from digest.ingest.archive.dumps import Shelf, Sightings, said
from digest.ingest.archive.sources import Given, opened
from digest.ingest.archive.stamps import Stamp, copy_name, is_same_dump, source_of
from digest.ingest.cache import Memory, Page, load, save
from digest.ingest.decide.intake import Intake, Placed, Rules
from digest.ingest.decide.known_pages import Ledger, record_of
from digest.ingest.decide.recurring import recurs
from digest.ingest.draft.item import Labelled, Read, Sheet, sheet_of
from digest.ingest.options import ImportOptions
from digest.ingest.parallel.prefetch import Ahead
from digest.ingest.parallel.reader import Reader
from digest.ingest.report import DumpReport, Line, Outcome
from digest.ingest.write.content_folder import Folder
from digest.issues import Issue, issue
from digest.labels.engines import mark_of
from digest.stories import Index, filed
from digest.wire import Outline, Source, account, id_of, key_of

_TOLD = 100
"""Items between one word on how far it is and the next."""


class _Dump(Struct, frozen=True, kw_only=True):
    """A dump that is being imported; `name` is that of its copy."""

    given: Given
    stamp: Stamp
    name: str
    source: str
    outline: Outline


class Run:
    """Imports dumps one after the other. `issues` are all that was wrong so far."""

    def __init__(self, site: Path, config: Config, options: ImportOptions, folder: Folder, first: Stamp) -> None:
        """`first` is the time of the oldest dump. Raises OSError and sqlite3.Error when the cache cannot be written."""
        self._site, self._config, self._options, self._folder = site, config, options, folder
        self._first = first.day
        self._store = open_store(folder.cache, SCHEMA)
        self._shelf = Shelf(site)
        self._memory = load(site, mark_of(config))
        self._sightings = Sightings(self._shelf, self._memory.copies)
        self._pages: dict[str, Page] | None = None
        self._reader = Reader(config)
        self._last: tuple[Sheet, Labelled] | None = None
        self.issues: list[Issue] = []

    def close(self) -> None:
        """Remember for the next import, and let the store go. Raises OSError."""
        self._store.close()
        if self._pages is not None and not self._options.dry_run:
            save(self._site, Memory(self._memory.engine, self._pages, self._sightings.sure(), self._ledger.filed))

    def dumps(self, ordered: Sequence[tuple[Given, Stamp]]) -> tuple[DumpReport, ...]:
        """Import one after the other; the first that the system refuses ends the run."""
        reports: list[DumpReport] = []
        dumps, options = [given for given, _ in ordered], self._options
        ahead = Ahead(self._reader, dumps, options.encoding, options.jobs, lambda size: not self._shelf.has(size))
        with closing(ahead), nullcontext() if ahead.alone else self._folder.helped():
            for number, (given, stamp) in enumerate(ordered):
                ahead.begin(number)
                if len(ordered) > 1:
                    options.told(f"Importing dumps: {given.name}", number, len(ordered))
                try:
                    with opened(given) as source:
                        reports.append(self._dump(given, stamp, source, ahead))
                except OSError as error:
                    hint = "see to it, then import the dump again: nothing is lost and nothing is made twice"
                    message = f"the import stopped: {error.strerror or error}"
                    self.issues.append(issue("file-failed", str(error.filename or given.label), message, hint))
                    break
        return tuple(reports)

    @cached_property
    def _intake(self) -> Intake:
        imports = self._config.imports
        rules = Rules(same_headline_days=imports.same_headline_days, recurs=recurs(imports.recurring))
        return Intake(rules, self._folder, self._ledger, self._sightings, self._labelled, self.issues)

    @cached_property
    def _ledger(self) -> Ledger:
        """Read when the first dump that is new asks for it: one that was imported before costs next to nothing."""
        imports = self._config.imports
        archive = Archive(
            self._site, self._store, self._config, lambda: self._reader.labeller, _identify, mark_of(self._config)
        )
        archive.refresh()
        window = max(imports.story_days, 2 * imports.same_headline_days + 1, imports.version_hours // 24 + 1)
        stories = archive.stories()
        index = Index(imports.story_days, imports.version_hours, stories)
        self._pages = self._window(archive, self._first - timedelta(days=window))
        records = [page.record for page in self._pages.values()]
        titles = {page.record.id: page.title for page in self._pages.values()}
        return Ledger(records, index, archive.has if stories else lambda _name: False, titles)

    def _window(self, archive: Archive, since: date) -> dict[str, Page]:
        """The pages of the window: those that changed since they were remembered are taken from the archive."""
        known, titles, found = self._memory.pages, self._memory.filed, dict[str, Page]()
        for path, digest in archive.listed(since):
            page = known.get(path)
            if page is None or page.digest != digest:
                for item in archive.items([path]):
                    page = Page(digest, record_of(item), titles.get(item.title) or filed(item.title))
            if page:
                found[path] = page
        return found

    def _dump(self, given: Given, stamp: Stamp, source: Source, ahead: Ahead) -> DumpReport:
        own = self._own_name(given)
        chosen = self._options.source
        same = own or next((n for n in self._shelf.same(source) if is_same_dump(n, given, stamp, chosen)), "")
        if same and (not own or own in self._ledger.imported()):
            return DumpReport(given=given.label, name=same, seen=stamp.seen, known=True)
        outline = ahead.outline(source)
        self.issues += outline.issues
        if not outline.items:
            return DumpReport(given=given.label, name="", seen=stamp.seen, account=self._account(source, outline, {}))
        sender, warnings = source_of(given, chosen, outline.agencies)
        self.issues += warnings
        name = same or self._shelf.free(copy_name(given, stamp, sender, chosen))
        dump = _Dump(given=given, stamp=stamp, name=name, source=sender, outline=outline)
        items = ahead.items(source, outline)
        report = self._items(dump, source, self._counted(items, outline.items) if len(ahead) == 1 else items)
        self._folder.settle()
        if not same:
            self._folder.copy(f"{DUMPS}/{name}", source)
            self._shelf.add(name, source.size)
        return report

    def _own_name(self, given: Given) -> str:
        """The name of a dump that lies among the copies itself, else empty."""
        if given.path is None or given.path.resolve().parent != self._shelf.folder.resolve():
            return ""
        return given.name

    def _items(self, dump: _Dump, source: Source, items: Iterable[Read]) -> DumpReport:
        stamp, day, seen = dump.stamp, dump.stamp.day, dump.stamp.seen
        clock = f"{stamp.clock:%H%M}" if stamp.clock else ""
        window = self._config.imports.same_headline_days
        self._sightings.load(day, window, (day.isoformat(), clock, dump.name))
        self._ledger.begin_dump()
        keys: set[str] = set()
        placed: dict[int, Placed] = {}
        outcomes: Counter[Outcome] = Counter()
        for item in items:
            sheet = sheet_of(item, dump.name, seen, dump.source, self._config.zone)
            if not sheet.marked.alone:
                keys.update(said(sheet.wire, sheet.key))
            done = self._intake.take(sheet)
            outcomes[done.outcome] += 1
            if self._options.account:
                placed[sheet.wire.position] = done
        self._sightings.add(dump.name, day, keys)
        if not self._options.encoding:  # the copy will be read without being told of one
            self._sightings.keep(dump.name, source, keys)
        return DumpReport(
            given=dump.given.label,
            name=dump.name,
            seen=seen,
            source=dump.source,
            items=dump.outline.items,
            outcomes=dict(outcomes),
            account=self._account(source, dump.outline, placed),
        )

    def _account(self, source: Source, outline: Outline, placed: dict[int, Placed]) -> tuple[Line, ...]:
        if not self._options.account:
            return ()
        lines = []
        for piece in account(source, outline):
            done = placed.get(piece.item.position) if piece.item else None
            fate = (done.outcome, done.page) if done else (None, "")
            lines.append(Line(span=piece.span, what=piece.what, outcome=fate[0], page=fate[1]))
        return tuple(lines)

    def _counted(self, items: Iterable[Read], total: int) -> Iterator[Read]:
        """Items, while somebody is told how many went by."""
        for number, item in enumerate(items):
            if number % _TOLD == 0:
                self._options.told("Importing items", number, total)
            yield item

    def _labelled(self, sheet: Sheet) -> Labelled:
        """The labels of an item; asked for twice in a row, they are found once."""
        if sheet.labels:
            return sheet.labels
        if self._last is None or self._last[0] is not sheet:
            self._last = sheet, self._reader.labels_of(sheet.wire)
        return self._last[1]


def _identify(title: str, day: date) -> str:
    return id_of(key_of(title), day)
