"""One import from its first dump to its last, with everything that stays open in between."""

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
from digest.content.store.scan import DUMPS_FOLDER
from digest.ingest.archive.dumps import DumpArchive
from digest.ingest.archive.metadata import DumpTime, copy_name, is_same_dump, source_of
from digest.ingest.archive.sightings import Sightings, sighting_keys
from digest.ingest.archive.sources import DumpInput, open_dump
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
from digest.labels.engines import engine_fingerprint
from digest.speedups import is_enabled
from digest.stories import Threader, prepare_title
from digest.wire import Outline, Source, id_of, key_of, segments

_PROGRESS_STEP = 100
"""Items between two calls of `on_progress`."""


class _Dump(Struct, frozen=True, kw_only=True):
    """The dump that is being imported; `name` is the name of its copy."""

    input: DumpInput
    time: DumpTime
    name: str
    source: str
    outline: Outline


class ImportSession:
    """Imports dumps one after the other. `issues` collects the problems of all of them."""

    def __init__(
        self, site: Path, config: Config, options: ImportOptions, folder: ContentFolder, oldest: DumpTime
    ) -> None:
        """`oldest` is the time of the oldest dump. Raises OSError or sqlite3.Error if `.digest/` is not writable."""
        self._site, self._config, self._options, self._folder = site, config, options, folder
        self._first_day = oldest.day
        self._store = open_store(folder.state_folder, SCHEMA)
        self._archive = DumpArchive(site)
        self._cache = load_cache(site, engine_fingerprint(config))
        self._sightings = Sightings(self._archive, self._cache.dumps)
        self._window_pages: dict[str, CachedPage] | None = None
        self._reader = ItemReader(config)
        self._last_labelled: tuple[DraftItem, ItemLabels] | None = None
        self.issues: list[Issue] = []

    def close(self) -> None:
        """Save the cache for the next import and close the database. Raises OSError."""
        self._store.close()
        if self._window_pages is not None and not self._options.dry_run:
            dumps, titles = self._sightings.cacheable_dumps(), self._known_pages.prepared_titles
            save_cache(self._site, ImportCache(self._cache.engine, self._window_pages, dumps, titles))

    def import_all(self, ordered: Sequence[tuple[DumpInput, DumpTime]]) -> tuple[DumpReport, ...]:
        """Import the dumps in this order. The first OSError becomes an issue and ends the import."""
        reports: list[DumpReport] = []
        inputs, options = [dump for dump, _ in ordered], self._options
        prefetcher = Prefetcher(self._reader, inputs, options.encoding, options.jobs, self._may_be_new)
        in_background = prefetcher.is_large and is_enabled("background-writer")
        with closing(prefetcher), self._folder.background_writing() if in_background else nullcontext():
            for number, (dump, time) in enumerate(ordered):
                prefetcher.start_dump(number)
                if len(ordered) > 1:
                    options.on_progress(f"Importing dumps: {dump.name}", number, len(ordered))
                try:
                    with open_dump(dump) as source:
                        reports.append(self._import(dump, time, source, prefetcher))
                except OSError as error:
                    hint = "fix the cause, then import the dump again: nothing is lost and no page is made twice"
                    message = f"the import stopped: {error.strerror or error}"
                    self.issues.append(issue("file-failed", str(error.filename or dump.label), message, hint))
                    break
        return tuple(reports)

    def _may_be_new(self, size: int) -> bool:
        return not self._archive.has_size(size)

    @cached_property
    def _intake(self) -> Intake:
        imports = self._config.imports
        is_recurring = recurring_matcher(imports.recurring)
        rules = IntakeRules(same_headline_days=imports.same_headline_days, is_recurring=is_recurring)
        return Intake(rules, self._folder, self._known_pages, self._sightings, self._labels_of, self.issues)

    @cached_property
    def _known_pages(self) -> KnownPages:
        """The pages of the window. They are loaded for the first new dump; a duplicate dump needs none of them."""
        imports = self._config.imports
        archive = Archive(
            self._site,
            self._store,
            self._config,
            lambda: self._reader.labeller,
            _identify,
            engine_fingerprint(self._config),
        )
        archive.refresh()
        window = max(imports.story_days, 2 * imports.same_headline_days + 1, imports.version_hours // 24 + 1)
        stories = archive.story_slugs()
        index = Threader(imports.story_days, imports.version_hours, stories)
        self._window_pages = self._load_pages(archive, self._first_day - timedelta(days=window))
        records = [page.record for page in self._window_pages.values()]
        titles = {page.record.id: page.title for page in self._window_pages.values()}
        return KnownPages(records, index, archive.has_id if stories else lambda _id: False, titles)

    def _load_pages(self, archive: Archive, since: date) -> dict[str, CachedPage]:
        """Return the pages since a day by path: from the cache if unchanged, else from the archive."""
        cached, titles, pages = self._cache.pages, self._cache.prepared_titles, dict[str, CachedPage]()
        for path, digest in archive.digests_since(since):
            page = cached.get(path)
            if page is None or page.digest != digest:
                for item in archive.items([path]):
                    page = CachedPage(digest, record_of(item), titles.get(item.title) or prepare_title(item.title))
            if page:
                pages[path] = page
        return pages

    def _import(self, dump: DumpInput, time: DumpTime, source: Source, prefetcher: Prefetcher) -> DumpReport:
        archived = self._archived_name(dump)
        chosen = self._options.source
        copies = self._archive.names_with_content(source)
        same = archived or next((name for name in copies if is_same_dump(name, dump, time, chosen)), "")
        if same and (not archived or archived in self._known_pages.dump_names()):
            return DumpReport(label=dump.label, name=same, seen=time.seen, is_duplicate=True)
        outline = prefetcher.outline(source)
        self.issues += outline.issues
        if not outline.items:
            lines = self._line_reports(source, outline, {})
            return DumpReport(label=dump.label, name="", seen=time.seen, lines=lines)
        sender, warnings = source_of(dump, chosen, outline.agencies)
        self.issues += warnings
        name = same or self._archive.free_name(copy_name(dump, time, sender, chosen))
        current = _Dump(input=dump, time=time, name=name, source=sender, outline=outline)
        items = prefetcher.items(source, outline)
        with_progress = self._with_progress(items, outline.items) if len(prefetcher) == 1 else items
        report = self._import_items(current, source, with_progress)
        self._folder.flush()
        if not same:
            self._folder.copy_dump(f"{DUMPS_FOLDER}/{name}", source)
            self._archive.add(name, source.size)
        return report

    def _archived_name(self, dump: DumpInput) -> str:
        """Return the name of a dump that lies in `content/dumps/` itself, else an empty string."""
        if dump.path is None or dump.path.resolve().parent != self._archive.folder.resolve():
            return ""
        return dump.name

    def _import_items(self, dump: _Dump, source: Source, items: Iterable[ParsedItem]) -> DumpReport:
        day, seen = dump.time.day, dump.time.seen
        clock = f"{dump.time.clock:%H%M}" if dump.time.clock else ""
        self._sightings.load_window(day, self._config.imports.same_headline_days, (day.isoformat(), clock, dump.name))
        self._known_pages.begin_dump()
        keys: set[str] = set()
        placements: dict[int, Placement] = {}
        outcomes: Counter[Outcome] = Counter()
        for item in items:
            draft = draft_of(item, dump.name, seen, dump.source, self._config.zone)
            if not draft.marked.has_no_headline:
                keys.update(sighting_keys(draft.wire, draft.key))
            placement = self._intake.process(draft)
            outcomes[placement.outcome] += 1
            if self._options.with_lines:
                placements[draft.wire.position] = placement
        self._sightings.add_dump(dump.name, day, keys)
        if not self._options.encoding:  # the copy will be read without this option
            self._sightings.cache_dump(dump.name, source, keys)
        return DumpReport(
            label=dump.input.label,
            name=dump.name,
            seen=seen,
            source=dump.source,
            items=dump.outline.items,
            outcomes=dict(outcomes),
            lines=self._line_reports(source, dump.outline, placements),
        )

    def _line_reports(
        self, source: Source, outline: Outline, placements: dict[int, Placement]
    ) -> tuple[LineReport, ...]:
        if not self._options.with_lines:
            return ()
        reports = []
        for segment in segments(source, outline):
            placement = placements.get(segment.item.position) if segment.item else None
            outcome, page = (placement.outcome, placement.page) if placement else (None, "")
            reports.append(LineReport(span=segment.span, kind=segment.kind, outcome=outcome, page=page))
        return tuple(reports)

    def _with_progress(self, items: Iterable[ParsedItem], total: int) -> Iterator[ParsedItem]:
        for number, item in enumerate(items):
            if number % _PROGRESS_STEP == 0:
                self._options.on_progress("Importing items", number, total)
            yield item

    def _labels_of(self, draft: DraftItem) -> ItemLabels:
        """Return the labels of an item; two calls in a row for one item label it once."""
        if draft.labels:
            return draft.labels
        if self._last_labelled is None or self._last_labelled[0] is not draft:
            self._last_labelled = draft, self._reader.labels_of(draft.wire)
        return self._last_labelled[1]


def _identify(title: str, day: date) -> str:
    return id_of(key_of(title), day)
