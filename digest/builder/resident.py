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
from digest.builder.commit.stage import is_empty_output
from digest.builder.commit.transaction import BuildState, prepare_commit_without_manifest
from digest.builder.context import BuildContext, load_context
from digest.builder.extras.images import SiteImages, load_images
from digest.builder.incremental.affected import GroupUpdate
from digest.builder.incremental.deferred import defer_long_pages
from digest.builder.incremental.entries import EntryIndex
from digest.builder.incremental.plan import Plan
from digest.builder.pipeline import BuildPlan, archive_of, no_progress, render_and_commit, stage_of
from digest.builder.request import BuildRequest, Report
from digest.builder.run import build, run_locked
from digest.builder.site_checks import site_issues
from digest.builder.state.database import TABLES, State
from digest.builder.uptodate import fingerprint
from digest.content.store.archive import SCHEMA as CONTENT
from digest.content.store.database import STATE_FILE, open_store
from digest.content.store.scan import CONTENT_FOLDER, is_page
from digest.issues import Issue, fails

_MAX_CHANGES = 500
"""So many changed pages are found sooner by a look at all."""
_ASSET_SUFFIXES = (".css", ".js")
"""Endings of files of a theme that nothing but their names is known of in pages."""


class ResidentBuilder:
    """Builds as `request` says, at other moments. For one thread."""

    def __init__(self, request: BuildRequest) -> None:
        self._request = request
        self._site: _LoadedSite | None = None

    def build(self, now: datetime, changed: Collection[str] | None = None) -> Report:
        """As `build`; `changed` are paths of the site, if it is known that no other changed since the last build.

        Long pages are put off then: a build of no changes draws one of them.
        """
        request = msgspec.structs.replace(self._request, now=now)
        bench, self._site = self._site, None
        if bench is None or changed is None or not bench.can_serve(request, changed):
            if bench:
                bench.close()
            return build(request)
        try:
            report = run_locked(request, partial(bench.build, request, changed))
        except BaseException:
            bench.close()
            raise
        self._site = bench
        return report

    @property
    def has_deferred(self) -> bool:
        """Whether there are pages that were put off."""
        return self._site is not None and self._site.has_deferred

    def prepare(self, now: datetime) -> None:
        """After a build of the whole: gets ready for the next, unless it is. That takes about as long as the look.

        What such a build left, a theme's environments above all, holds itself: nobody else would look for it.
        """
        if self._site is None:
            gc.collect()
            with suppress(OSError, sqlite3.Error):
                self._site = _load_site(msgspec.structs.replace(self._request, now=now))

    def close(self) -> None:
        """Lets go of the state."""
        if self._site:
            self._site.close()
        self._site = None


def _page_paths(changed: Iterable[str]) -> list[str]:
    """Those of some paths of the site that are pages, as paths below the content folder."""
    top = f"{CONTENT_FOLDER}/"
    below = (path.removeprefix(top) for path in changed if path.startswith(top))
    return [path for path in below if is_page(path)]


def _is_theme_asset(path: str) -> bool:
    return path.partition("/")[0] in fingerprint.WATCHED and path.endswith(_ASSET_SUFFIXES)


def _load_site(request: BuildRequest) -> "_LoadedSite | None":
    """All that a build loads; None when the last build was none of this setting. Raises OSError."""
    setting, issues = load_context(request)
    if setting is None or fails(issues):
        return None
    store = open_store(request.folder.parent, CONTENT, TABLES)
    meta = State(store, request.audience).meta()
    if (meta.get("rules"), meta.get("theme")) != (setting.rules_digest, setting.theme_digest):
        store.close()
        return None
    return _LoadedSite(request, store, setting, issues)


class _LoadedSite:
    """What is kept from build to build. `_owed` are roots that a build that failed has not seen to.

    `owes` tells of pages that were put off; after a build that failed they wait for the next change.
    """

    def __init__(
        self, request: BuildRequest, store: sqlite3.Connection, setting: BuildContext, issues: tuple[Issue, ...]
    ) -> None:
        self._store, self._setting, self._issues = store, setting, issues
        self._archive = archive_of(request, store, setting)
        self._archive.refresh()
        self._now, self._state_inode = request.now, _inode(request)
        self.has_deferred: bool
        self._pending_roots: set[str]
        self._image_paths: dict[str, list[str]]
        self._images: SiteImages
        self._load(request)

    def close(self) -> None:
        """Lets go of the state."""
        self._store.close()

    def can_serve(self, request: BuildRequest, changed: Collection[str]) -> bool:
        """Whether what is here still holds, after these changes.

        Time went on, the state is the file that it was, the output is there, and pages are drawn as they were.
        """
        if request.now < self._now or not 0 != _inode(request) == self._state_inode or is_empty_output(request.output):
            return False
        dress = [path for path in changed if _is_theme_asset(path)]
        return len(dress) + len(_page_paths(changed)) == len(changed) <= _MAX_CHANGES and (
            not dress or self._reload_assets(request)
        )

    def _reload_assets(self, request: BuildRequest) -> bool:
        """Takes up the files of the theme as they are now; whether no page shows it."""
        setting, issues = load_context(request)
        if (
            not setting
            or fails(issues)
            or (setting.rules_digest, setting.template_digests)
            != (self._setting.rules_digest, self._setting.template_digests)
        ):
            return False
        self._setting, self._issues = setting, issues
        return True

    def build(self, request: BuildRequest, changed: Collection[str]) -> Report:
        """A build of what these changes mean."""
        fingerprint.discard(request)
        paths = _page_paths(changed)
        state, stage = State(self._store, request.audience), stage_of(request)
        journal.finish_commit(state, stage)
        if self._version != self._data_version():
            self._load(request)
        read = self._archive.refresh(paths)
        looked_at = {*paths, *read.changed, *read.removed}
        rows = {row.path: row for row in self._archive.rows(looked_at)}
        self._pending_roots |= self._entries.update({path: rows.get(path) for path in looked_at})
        work = BuildState(
            request=request, state=state, build_context=self._setting, stage=stage, read=read, issues=self._issues
        )
        see = partial(self._plan, request, state, looked_at, idle=not changed)
        report = render_and_commit(work, see, prepare_commit_without_manifest, no_progress)
        self.has_deferred = report.ok and bool(state.deferred_pages())
        if report.ok:
            self._now = request.now
            self._pending_roots.clear()
        return report

    def _plan(self, request: BuildRequest, state: State, paths: Collection[str], *, idle: bool) -> BuildPlan:
        """As `look`, at no more than it has to."""
        self._refresh_images(request, state, paths)
        kin, gallery = self._entries, self._images
        regrouping = GroupUpdate(state, self._setting, request.now, self._archive.items, gallery.images)
        digests = kin.digests(self._pending_roots, gallery.digests_by_page)
        cards = regrouping.run(kin.paths_by_root, digests, everything=False, affected_roots=self._pending_roots)
        plan = Plan(state, self._setting, regrouping.affected, cards)
        looks = {name: look.hex() for name, look in self._setting.template_digests.items()}
        pages = defer_long_pages(state, plan.stale_pages((), everything=False, last_template_digests=looks), idle=idle)
        issues = (*self._archive.issues(), *kin.issues, *gallery.issues, *site_issues(state, self._setting))
        return BuildPlan(
            len(kin),
            len(kin.paths_by_root),
            regrouping.affected,
            plan,
            pages,
            set(),
            issues,
            gallery,
            regrouping.removed_roots,
        )

    def _refresh_images(self, request: BuildRequest, state: State, paths: Collection[str]) -> None:
        """Another picture on a page is a reason to look at all; the files themselves did not change."""
        named = self._archive.images(paths)
        if all(named.get(path) == self._image_paths.get(path) for path in paths):
            return
        before = self._images.digests_by_page
        self._scan_images(request, state)
        now = self._images.digests_by_page
        other = {path for path in now.keys() | before.keys() if now.get(path) != before.get(path)}
        self._pending_roots |= {
            root for root, family in self._entries.paths_by_root.items() if not other.isdisjoint(family)
        }

    def _scan_images(self, request: BuildRequest, state: State) -> None:
        """All pictures that pages name."""
        self._image_paths = self._archive.images()
        self._images = load_images(request, state, self._archive, self._setting.config)

    def _load(self, request: BuildRequest) -> None:
        """What the state holds. All entries that the tables of items tell otherwise are owed a build."""
        state = State(self._store, request.audience)
        self._version, self.has_deferred = self._data_version(), bool(state.deferred_pages())
        self._entries = EntryIndex(self._archive.rows())
        self._scan_images(request, state)
        known = {root: row.digest for root, row in state.entries().items()}
        mine = self._entries.digests(self._entries.paths_by_root, self._images.digests_by_page)
        self._pending_roots = {root for root in known.keys() | mine.keys() if known.get(root) != mine.get(root)}

    def _data_version(self) -> int:
        """Another number once another connection has written: https://www.sqlite.org/pragma.html#pragma_data_version"""
        return int(self._store.execute("PRAGMA data_version").fetchone()[0])


def _inode(request: BuildRequest) -> int:
    try:
        return (request.folder.parent / STATE_FILE).stat().st_ino
    except OSError:
        return 0
