"""Builds one after the other in one process, which keeps its tools at hand: what changed is known, and no more is read.

A preview knows which paths were written. Then neither the content folder nor the output need be looked at whole, and
what every build loads, the setting, the archive, who is whose version, stays in memory. So it does for stylesheets and
scripts of which pages hold no more than the name. Whatever such a list cannot say (another configuration, template or
clock, a folder, another process at the state) is a build as any other. What comes out is the same either way, but for
the manifest, which lists every file and is left to the next build of the whole.
"""

import gc
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from functools import partial

import msgspec

from digest.builder.commit import journal
from digest.builder.commit.stage import is_bare
from digest.builder.commit.transaction import Work, settle_lightly
from digest.builder.context import Setting, load_setting
from digest.builder.extras.images import Gallery, gallery_of
from digest.builder.incremental.affected import Regrouping
from digest.builder.incremental.deferred import some_of
from digest.builder.incremental.entries import Kin
from digest.builder.incremental.plan import Plan
from digest.builder.pipeline import Looked, archive_of, make, quiet, stage_of
from digest.builder.request import BuildRequest, Report
from digest.builder.run import alone, build
from digest.builder.site_checks import site_issues
from digest.builder.state.database import TABLES, State
from digest.builder.uptodate import fingerprint
from digest.content.store.archive import SCHEMA as CONTENT
from digest.content.store.database import STATE, open_store
from digest.content.store.scan import FOLDER, is_page
from digest.issues import Issue, fails

_MANY = 500
"""So many changed pages are found sooner by a look at all."""
_DRESS = (".css", ".js")
"""Endings of files of a theme that nothing but their names is known of in pages."""


class Workshop:
    """Builds as `request` says, at other moments. For one thread."""

    def __init__(self, request: BuildRequest) -> None:
        self._request = request
        self._bench: _Bench | None = None

    def build(self, now: datetime, changed: Collection[str] | None = None) -> Report:
        """As `build`; `changed` are paths of the site, if it is known that no other changed since the last build.

        Long pages are put off then: a build of no changes draws one of them.
        """
        request = msgspec.structs.replace(self._request, now=now)
        bench, self._bench = self._bench, None
        if bench is None or changed is None or not bench.serves(request, changed):
            if bench:
                bench.close()
            return build(request)
        try:
            report = alone(request, partial(bench.build, request, changed))
        except BaseException:
            bench.close()
            raise
        self._bench = bench
        return report

    @property
    def owes(self) -> bool:
        """Whether there are pages that were put off."""
        return self._bench is not None and self._bench.owes

    def prepare(self, now: datetime) -> None:
        """After a build of the whole: gets ready for the next, unless it is. That takes about as long as the look.

        What such a build left, a theme's environments above all, holds itself: nobody else would look for it.
        """
        if self._bench is None:
            gc.collect()
            with suppress(OSError, sqlite3.Error):
                self._bench = _bench_of(msgspec.structs.replace(self._request, now=now))

    def close(self) -> None:
        """Lets go of the state."""
        if self._bench:
            self._bench.close()
        self._bench = None


def _pages(changed: Iterable[str]) -> list[str]:
    """Those of some paths of the site that are pages, as paths below the content folder."""
    top = f"{FOLDER}/"
    below = (path.removeprefix(top) for path in changed if path.startswith(top))
    return [path for path in below if is_page(path)]


def _is_dress(path: str) -> bool:
    return path.partition("/")[0] in fingerprint.WATCHED and path.endswith(_DRESS)


def _bench_of(request: BuildRequest) -> "_Bench | None":
    """All that a build loads; None when the last build was none of this setting. Raises OSError."""
    setting, issues = load_setting(request)
    if setting is None or fails(issues):
        return None
    store = open_store(request.folder.parent, CONTENT, TABLES)
    meta = State(store, request.audience).meta()
    if (meta.get("rules"), meta.get("theme")) != (setting.rules, setting.theme_mark):
        store.close()
        return None
    return _Bench(request, store, setting, issues)


class _Bench:
    """What is kept from build to build. `_owed` are roots that a build that failed has not seen to.

    `owes` tells of pages that were put off; after a build that failed they wait for the next change.
    """

    def __init__(
        self, request: BuildRequest, store: sqlite3.Connection, setting: Setting, issues: tuple[Issue, ...]
    ) -> None:
        self._store, self._setting, self._issues = store, setting, issues
        self._archive = archive_of(request, store, setting)
        self._archive.refresh()
        self._now, self._file = request.now, _inode(request)
        self.owes: bool
        self._owed: set[str]
        self._named: dict[str, list[str]]
        self._gallery: Gallery
        self._load(request)

    def close(self) -> None:
        """Lets go of the state."""
        self._store.close()

    def serves(self, request: BuildRequest, changed: Collection[str]) -> bool:
        """Whether what is here still holds, after these changes.

        Time went on, the state is the file that it was, the output is there, and pages are drawn as they were.
        """
        if request.now < self._now or not 0 != _inode(request) == self._file or is_bare(request.output):
            return False
        dress = [path for path in changed if _is_dress(path)]
        return len(dress) + len(_pages(changed)) == len(changed) <= _MANY and (not dress or self._is_dressed(request))

    def _is_dressed(self, request: BuildRequest) -> bool:
        """Takes up the files of the theme as they are now; whether no page shows it."""
        setting, issues = load_setting(request)
        if not setting or fails(issues) or (setting.rules, setting.looks) != (self._setting.rules, self._setting.looks):
            return False
        self._setting, self._issues = setting, issues
        return True

    def build(self, request: BuildRequest, changed: Collection[str]) -> Report:
        """A build of what these changes mean."""
        fingerprint.forget(request)
        paths = _pages(changed)
        state, stage = State(self._store, request.audience), stage_of(request)
        journal.finish(state, stage)
        if self._version != self._data_version():
            self._load(request)
        read = self._archive.refresh(paths)
        looked_at = {*paths, *read.changed, *read.removed}
        rows = {row.path: row for row in self._archive.rows(looked_at)}
        self._owed |= self._kin.update({path: rows.get(path) for path in looked_at})
        work = Work(request=request, state=state, setting=self._setting, stage=stage, read=read, issues=self._issues)
        see = partial(self._look, request, state, looked_at, idle=not changed)
        report = make(work, see, settle_lightly, quiet)
        self.owes = report.ok and bool(state.later())
        if report.ok:
            self._now = request.now
            self._owed.clear()
        return report

    def _look(self, request: BuildRequest, state: State, paths: Collection[str], *, idle: bool) -> Looked:
        """As `look`, at no more than it has to."""
        self._look_at_pictures(request, state, paths)
        kin, gallery = self._kin, self._gallery
        regrouping = Regrouping(state, self._setting, request.now, self._archive.items, gallery.pictures)
        digests = kin.digests(self._owed, gallery.marks)
        cards = regrouping.run(kin.families, digests, everything=False, suspects=self._owed)
        plan = Plan(state, self._setting, regrouping.touched, cards)
        looks = {name: look.hex() for name, look in self._setting.looks.items()}
        pages = some_of(state, plan.pages((), everything=False, looks=looks), idle=idle)
        issues = (*self._archive.issues(), *kin.issues, *gallery.issues, *site_issues(state, self._setting))
        return Looked(
            len(kin), len(kin.families), regrouping.touched, plan, pages, set(), issues, gallery, regrouping.gone
        )

    def _look_at_pictures(self, request: BuildRequest, state: State, paths: Collection[str]) -> None:
        """Another picture on a page is a reason to look at all; the files themselves did not change."""
        named = self._archive.images(paths)
        if all(named.get(path) == self._named.get(path) for path in paths):
            return
        before = self._gallery.marks
        self._show(request, state)
        now = self._gallery.marks
        other = {path for path in now.keys() | before.keys() if now.get(path) != before.get(path)}
        self._owed |= {root for root, family in self._kin.families.items() if not other.isdisjoint(family)}

    def _show(self, request: BuildRequest, state: State) -> None:
        """All pictures that pages name."""
        self._named = self._archive.images()
        self._gallery = gallery_of(request, state, self._archive, self._setting.config)

    def _load(self, request: BuildRequest) -> None:
        """What the state holds. All entries that the tables of items tell otherwise are owed a build."""
        state = State(self._store, request.audience)
        self._version, self.owes = self._data_version(), bool(state.later())
        self._kin = Kin(self._archive.rows())
        self._show(request, state)
        known = {root: row.digest for root, row in state.entries().items()}
        mine = self._kin.digests(self._kin.families, self._gallery.marks)
        self._owed = {root for root in known.keys() | mine.keys() if known.get(root) != mine.get(root)}

    def _data_version(self) -> int:
        """Another number once another connection has written: https://www.sqlite.org/pragma.html#pragma_data_version"""
        return int(self._store.execute("PRAGMA data_version").fetchone()[0])


def _inode(request: BuildRequest) -> int:
    try:
        return (request.folder.parent / STATE).stat().st_ino
    except OSError:
        return 0
