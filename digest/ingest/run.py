"""One import from its first dump to its last: what is open while it goes on."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct

from digest.config import Config
from digest.content.archive import SCHEMA, Archive
from digest.content.scan import DUMPS
from digest.content.store import open_store
from digest.ingest.folder import Folder
from digest.ingest.intake import Intake, Placed, Rules
from digest.ingest.kept import Shelf, Sightings, said
from digest.ingest.ledger import Ledger, record_of
from digest.ingest.options import ImportOptions
from digest.ingest.recurring import recurs
from digest.ingest.report import DumpReport, Line, Outcome
from digest.ingest.sheet import Labelled, Sheet, labelled, sheet_of
from digest.ingest.sources import Given, opened
from digest.ingest.stamps import Stamp, copy_name, is_same_dump, source_of
from digest.issues import Issue, issue
from digest.labels.door import engine_named, mark_of
from digest.model import Labeller, Taxonomy
from digest.stories import Index
from digest.wire import Outline, Source, account, id_of, items, key_of, scan


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
        self._fallback = config.taxonomy.fallback_region, config.taxonomy.fallback_category
        self._shelf = Shelf(site)
        self._sightings = Sightings(self._shelf)
        self._last: tuple[Sheet, Labelled] | None = None
        self.issues: list[Issue] = []

    def close(self) -> None:
        """Let the store go."""
        self._store.close()

    def dumps(self, ordered: Sequence[tuple[Given, Stamp]]) -> tuple[DumpReport, ...]:
        """Import one after the other; the first that the system refuses ends the run."""
        reports = []
        for given, stamp in ordered:
            try:
                with opened(given) as source:
                    reports.append(self._dump(given, stamp, source))
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
        archive = Archive(self._site, self._store, self._config, self._labeller, _identify, mark_of(self._config))
        archive.refresh()
        window = max(imports.story_days, 2 * imports.same_headline_days + 1, imports.version_hours // 24 + 1)
        rows = archive.rows()
        stories = {row.story for row in rows}
        return Ledger(
            map(record_of, archive.known(self._first - timedelta(days=window))),
            Index(imports.story_days, imports.version_hours, stories),
            {row.id for row in rows},
        )

    def _labeller(self) -> Labeller:
        return self._own_labeller

    @cached_property
    def _own_labeller(self) -> Labeller:
        return _labeller(self._config.labels.engine, self._config.taxonomy)

    def _dump(self, given: Given, stamp: Stamp, source: Source) -> DumpReport:
        own = self._own_name(given)
        chosen = self._options.source
        same = own or next((n for n in self._shelf.same(source) if is_same_dump(n, given, stamp, chosen)), "")
        if same and (not own or own in self._ledger.imported()):
            return DumpReport(given=given.label, name=same, seen=stamp.seen, known=True)
        outline = scan(source, name=given.label, encoding=self._options.encoding)
        self.issues += outline.issues
        if not outline.items:
            return DumpReport(given=given.label, name="", seen=stamp.seen, account=self._account(source, outline, {}))
        sender, warnings = source_of(given, chosen, outline.agencies)
        self.issues += warnings
        name = same or self._shelf.free(copy_name(given, stamp, sender, chosen))
        dump = _Dump(given=given, stamp=stamp, name=name, source=sender, outline=outline)
        report = self._items(dump, source)
        if not same:
            self._folder.copy(f"{DUMPS}/{name}", source)
            self._shelf.add(name, source.size)
        return report

    def _own_name(self, given: Given) -> str:
        """The name of a dump that lies among the copies itself, else empty."""
        if given.path is None or given.path.resolve().parent != self._shelf.folder.resolve():
            return ""
        return given.name

    def _items(self, dump: _Dump, source: Source) -> DumpReport:
        stamp, day = dump.stamp, dump.stamp.day
        clock = f"{stamp.clock:%H%M}" if stamp.clock else ""
        window = self._config.imports.same_headline_days
        self._sightings.load(day, window, (day.isoformat(), clock, dump.name))
        self._ledger.begin_dump()
        keys: set[str] = set()
        placed: dict[int, Placed] = {}
        outcomes: Counter[Outcome] = Counter()
        for wire in items(source, dump.outline):
            site = self._config
            sheet = sheet_of(wire, dump.name, stamp.seen, dump.source, site.zone, site.site.language)
            if not sheet.marked.alone:
                keys.update(said(sheet.wire, sheet.key))
            done = self._intake.take(sheet)
            outcomes[done.outcome] += 1
            if self._options.account:
                placed[wire.position] = done
        self._sightings.add(dump.name, day, keys)
        return DumpReport(
            given=dump.given.label,
            name=dump.name,
            seen=stamp.seen,
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

    def _labelled(self, sheet: Sheet) -> Labelled:
        """The labels of an item; asked for twice in a row, they are found once."""
        if self._last is None or self._last[0] is not sheet:
            self._last = sheet, labelled(sheet.wire, self._own_labeller, self._fallback)
        return self._last[1]


def _identify(title: str, day: date) -> str:
    return id_of(key_of(title), day)


@lru_cache(maxsize=4)
def _labeller(engine: str, taxonomy: Taxonomy) -> Labeller:
    """The labeller of a taxonomy; its tables are loaded once a process, and only when something has to be labelled."""
    return engine_named(engine, taxonomy)
