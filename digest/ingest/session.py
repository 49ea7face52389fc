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
from digest.ingest.archive.dumps import DumpArchive, Sightings, sighting_keys
from digest.ingest.archive.sources import DumpInput, open_dump
from digest.ingest.archive.stamps import DumpTime, copy_name, is_same_dump, source_of
from digest.ingest.cache import CachedPage, ImportCache, load_cache, save_cache
from digest.ingest.decide.intake import Intake, IntakeRules, Placement
from digest.ingest.decide.known_pages import KnownPages, record_of
from digest.ingest.decide.recurring import recurring_matcher
from digest.ingest.draft.item import DraftItem, ItemLabels, ParsedItem, draft_of
from digest.ingest.options import ImportOptions
from digest.ingest.parallel.prefetch import Prefetcher
from digest.ingest.parallel.reader import ItemReader
from digest.ingest.report import DumpReport, LineReport, Outcome
from digest.ingest.write.content_folder import ContentFolder
from digest.issues import Issue, issue
from digest.labels.engines import mark_of
from digest.stories import Index, filed
from digest.wire import Outline, Source, id_of, key_of, segments

_TOLD = 100
"""Items between one word on how far it is and the next."""


class _Dump(Struct, frozen=True, kw_only=True):
    """A dump that is being imported; `name` is that of its copy."""

    given: DumpInput
    stamp: DumpTime
    name: str
    source: str
    outline: Outline


class ImportSession:
    """Imports dumps one after the other. `issues` are all that was wrong so far."""

    def __init__(
        self, site: Path, config: Config, options: ImportOptions, folder: ContentFolder, oldest: DumpTime
    ) -> None:
        """`first` is the time of the oldest dump. Raises OSError and sqlite3.Error when the cache cannot be written."""
        self._site, self._config, self._options, self._folder = site, config, options, folder
        self._first = oldest.day
        self._store = open_store(folder.state_folder, SCHEMA)
        self._shelf = DumpArchive(site)
        self._memory = load_cache(site, mark_of(config))
        self._sightings = Sightings(self._shelf, self._memory.dumps)
        self._pages: dict[str, CachedPage] | None = None
        self._reader = ItemReader(config)
        self._last: tuple[DraftItem, ItemLabels] | None = None
        self.issues: list[Issue] = []

    def close(self) -> None:
        """Remember for the next import, and let the store go. Raises OSError."""
        self._store.close()
        if self._pages is not None and not self._options.dry_run:
            save_cache(
                self._site,
                ImportCache(
                    self._memory.engine, self._pages, self._sightings.cacheable_dumps(), self._ledger.prepared_titles
                ),
            )

    def import_all(self, ordered: Sequence[tuple[DumpInput, DumpTime]]) -> tuple[DumpReport, ...]:
        """Import one after the other; the first that the system refuses ends the run."""
        reports: list[DumpReport] = []
        dumps, options = [given for given, _ in ordered], self._options
        ahead = Prefetcher(
            self._reader, dumps, options.encoding, options.jobs, lambda size: not self._shelf.has_size(size)
        )
        with closing(ahead), nullcontext() if ahead.is_serial else self._folder.background_writing():
            for number, (given, stamp) in enumerate(ordered):
                ahead.start_dump(number)
                if len(ordered) > 1:
                    options.on_progress(f"Importing dumps: {given.name}", number, len(ordered))
                try:
                    with open_dump(given) as source:
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
        rules = IntakeRules(
            same_headline_days=imports.same_headline_days, is_recurring=recurring_matcher(imports.recurring)
        )
        return Intake(rules, self._folder, self._ledger, self._sightings, self._labelled, self.issues)

    @cached_property
    def _ledger(self) -> KnownPages:
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
        return KnownPages(records, index, archive.has if stories else lambda _name: False, titles)

    def _window(self, archive: Archive, since: date) -> dict[str, CachedPage]:
        """The pages of the window: those that changed since they were remembered are taken from the archive."""
        known, titles, found = self._memory.pages, self._memory.prepared_titles, dict[str, CachedPage]()
        for path, digest in archive.listed(since):
            page = known.get(path)
            if page is None or page.digest != digest:
                for item in archive.items([path]):
                    page = CachedPage(digest, record_of(item), titles.get(item.title) or filed(item.title))
            if page:
                found[path] = page
        return found

    def _dump(self, given: DumpInput, stamp: DumpTime, source: Source, ahead: Prefetcher) -> DumpReport:
        own = self._own_name(given)
        chosen = self._options.source
        same = own or next(
            (n for n in self._shelf.names_with_content(source) if is_same_dump(n, given, stamp, chosen)), ""
        )
        if same and (not own or own in self._ledger.dump_names()):
            return DumpReport(label=given.label, name=same, seen=stamp.seen, is_duplicate=True)
        outline = ahead.outline(source)
        self.issues += outline.issues
        if not outline.items:
            return DumpReport(label=given.label, name="", seen=stamp.seen, lines=self._account(source, outline, {}))
        sender, warnings = source_of(given, chosen, outline.agencies)
        self.issues += warnings
        name = same or self._shelf.free_name(copy_name(given, stamp, sender, chosen))
        dump = _Dump(given=given, stamp=stamp, name=name, source=sender, outline=outline)
        items = ahead.items(source, outline)
        report = self._items(dump, source, self._counted(items, outline.items) if len(ahead) == 1 else items)
        self._folder.flush()
        if not same:
            self._folder.copy_dump(f"{DUMPS}/{name}", source)
            self._shelf.add(name, source.size)
        return report

    def _own_name(self, given: DumpInput) -> str:
        """The name of a dump that lies among the copies itself, else empty."""
        if given.path is None or given.path.resolve().parent != self._shelf.folder.resolve():
            return ""
        return given.name

    def _items(self, dump: _Dump, source: Source, items: Iterable[ParsedItem]) -> DumpReport:
        stamp, day, seen = dump.stamp, dump.stamp.day, dump.stamp.seen
        clock = f"{stamp.clock:%H%M}" if stamp.clock else ""
        window = self._config.imports.same_headline_days
        self._sightings.load_window(day, window, (day.isoformat(), clock, dump.name))
        self._ledger.begin_dump()
        keys: set[str] = set()
        placed: dict[int, Placement] = {}
        outcomes: Counter[Outcome] = Counter()
        for item in items:
            sheet = draft_of(item, dump.name, seen, dump.source, self._config.zone)
            if not sheet.marked.has_no_headline:
                keys.update(sighting_keys(sheet.wire, sheet.key))
            done = self._intake.process(sheet)
            outcomes[done.outcome] += 1
            if self._options.with_lines:
                placed[sheet.wire.position] = done
        self._sightings.add_dump(dump.name, day, keys)
        if not self._options.encoding:  # the copy will be read without being told of one
            self._sightings.cache_dump(dump.name, source, keys)
        return DumpReport(
            label=dump.given.label,
            name=dump.name,
            seen=seen,
            source=dump.source,
            items=dump.outline.items,
            outcomes=dict(outcomes),
            lines=self._account(source, dump.outline, placed),
        )

    def _account(self, source: Source, outline: Outline, placed: dict[int, Placement]) -> tuple[LineReport, ...]:
        if not self._options.with_lines:
            return ()
        lines = []
        for piece in segments(source, outline):
            done = placed.get(piece.item.position) if piece.item else None
            fate = (done.outcome, done.page) if done else (None, "")
            lines.append(LineReport(span=piece.span, kind=piece.kind, outcome=fate[0], page=fate[1]))
        return tuple(lines)

    def _counted(self, items: Iterable[ParsedItem], total: int) -> Iterator[ParsedItem]:
        """Items, while somebody is told how many went by."""
        for number, item in enumerate(items):
            if number % _TOLD == 0:
                self._options.on_progress("Importing items", number, total)
            yield item

    def _labelled(self, sheet: DraftItem) -> ItemLabels:
        """The labels of an item; asked for twice in a row, they are found once."""
        if sheet.labels:
            return sheet.labels
        if self._last is None or self._last[0] is not sheet:
            self._last = sheet, self._reader.labels_of(sheet.wire)
        return self._last[1]


def _identify(title: str, day: date) -> str:
    return id_of(key_of(title), day)
