"""Resident builds: successive builds in one process that keeps settings, index and entries in memory.

A preview knows which paths were written, so a build need not scan the content or the output. The same holds for
stylesheets and scripts, of which pages contain only the name. Any other change (settings, templates, the clock going
back, a folder, another process that wrote the state) leads to an ordinary build. The output is the same either way,
except for the manifest: it lists every file, and only an ordinary build writes it.
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
from digest.builder.state.database import State
from digest.builder.state.schema import TABLES
from digest.builder.uptodate import fingerprint
from digest.content.store.archive import SCHEMA as CONTENT
from digest.content.store.database import STATE_FILE, open_store
from digest.content.store.scan import CONTENT_FOLDER, is_page
from digest.issues import Issue, fails

_MAX_CHANGES = 500
"""Above this number of changed files, a full scan is faster."""
_ASSET_SUFFIXES = (".css", ".js")
"""Suffixes of theme files whose content does not appear in any page."""


class ResidentBuilder:
    """Repeats the build `request` at later times. Not thread-safe."""

    def __init__(self, request: BuildRequest) -> None:
        self._request = request
        self._site: _LoadedSite | None = None

    def build(self, now: datetime, changed: Collection[str] | None = None) -> Report:
        """Build as of `now`; `changed` are the only paths of the site that changed since the last build, if known.

        With `changed`, long pages are deferred; a build without changes renders one deferred page.
        """
        request = msgspec.structs.replace(self._request, now=now)
        site, self._site = self._site, None
        if site is None or changed is None or not site.can_serve(request, changed):
            if site:
                site.close()
            return build(request)
        try:
            report = run_locked(request, partial(site.build, request, changed))
        except BaseException:
            site.close()
            raise
        self._site = site
        return report

    @property
    def has_deferred(self) -> bool:
        """True when long pages still wait to be rendered."""
        return self._site is not None and self._site.has_deferred

    def prepare(self, now: datetime) -> None:
        """Load the site into memory after an ordinary build; takes about as long as a full scan.

        The garbage collection frees what that build left in reference cycles, above all the environments of the theme.
        """
        if self._site is None:
            gc.collect()
            with suppress(OSError, sqlite3.Error):
                self._site = _load_site(msgspec.structs.replace(self._request, now=now))

    def close(self) -> None:
        """Close the state."""
        if self._site:
            self._site.close()
        self._site = None


def _page_paths(changed: Iterable[str]) -> list[str]:
    """Return the paths that are content pages, relative to the content folder."""
    top = f"{CONTENT_FOLDER}/"
    below = (path.removeprefix(top) for path in changed if path.startswith(top))
    return [path for path in below if is_page(path)]


def _is_theme_asset(path: str) -> bool:
    return path.partition("/")[0] in fingerprint.WATCHED and path.endswith(_ASSET_SUFFIXES)


def _load_site(request: BuildRequest) -> "_LoadedSite | None":
    """Load everything that builds share.

    None when the last build had other settings or another theme. Raises OSError.
    """
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
    """State that is kept between builds.

    `_pending_roots` are entries that no successful build has processed yet. `has_deferred` is True when long pages
    wait; after a failed build they wait for the next change.
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
        """Close the state."""
        self._store.close()

    def can_serve(self, request: BuildRequest, changed: Collection[str]) -> bool:
        """Return True when the loaded site still applies after these changes.

        The clock has not gone back, state file and output still exist, and templates and settings are the same.
        """
        if request.now < self._now or not 0 != _inode(request) == self._state_inode or is_empty_output(request.output):
            return False
        assets = [path for path in changed if _is_theme_asset(path)]
        return len(assets) + len(_page_paths(changed)) == len(changed) <= _MAX_CHANGES and (
            not assets or self._reload_assets(request)
        )

    def _reload_assets(self, request: BuildRequest) -> bool:
        """Reload the assets of the theme; False when a page depends on the change."""
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
        """Build after these changes."""
        fingerprint.discard(request)
        paths = _page_paths(changed)
        state, stage = State(self._store, request.audience), stage_of(request)
        journal.finish_commit(state, stage)
        if self._version != self._data_version():
            self._load(request)
        read = self._archive.refresh(paths)
        read_paths = {*paths, *read.changed, *read.removed}
        rows = {row.path: row for row in self._archive.rows(read_paths)}
        self._pending_roots |= self._entries.update({path: rows.get(path) for path in read_paths})
        work = BuildState(
            request=request, state=state, build_context=self._setting, stage=stage, read=read, issues=self._issues
        )
        plan_pages = partial(self._plan, request, state, read_paths, idle=not changed)
        report = render_and_commit(work, plan_pages, prepare_commit_without_manifest, no_progress)
        self.has_deferred = report.ok and bool(state.deferred_pages())
        if report.ok:
            self._now = request.now
            self._pending_roots.clear()
        return report

    def _plan(self, request: BuildRequest, state: State, paths: Collection[str], *, idle: bool) -> BuildPlan:
        """Plan pages like `plan_build`, for the pending entries only."""
        self._refresh_images(request, state, paths)
        entries, images = self._entries, self._images
        update = GroupUpdate(state, self._setting, request.now, self._archive.items, images.images)
        digests = entries.digests(self._pending_roots, images.digests_by_page)
        cards = update.run(entries.paths_by_root, digests, everything=False, affected_roots=self._pending_roots)
        plan = Plan(state, self._setting, update.affected, cards)
        template_digests = {name: look.hex() for name, look in self._setting.template_digests.items()}
        pages = defer_long_pages(
            state, plan.stale_pages((), everything=False, last_template_digests=template_digests), idle=idle
        )
        issues = (*self._archive.issues(), *entries.issues, *images.issues, *site_issues(state, self._setting))
        return BuildPlan(
            len(entries),
            len(entries.paths_by_root),
            update.affected,
            plan,
            pages,
            set(),
            issues,
            images,
            update.removed_roots,
        )

    def _refresh_images(self, request: BuildRequest, state: State, paths: Collection[str]) -> None:
        """Rescan images when a page names other images than before. The image files themselves did not change."""
        image_paths = self._archive.images(paths)
        if all(image_paths.get(path) == self._image_paths.get(path) for path in paths):
            return
        before = self._images.digests_by_page
        self._scan_images(request, state)
        now = self._images.digests_by_page
        affected_paths = {path for path in now.keys() | before.keys() if now.get(path) != before.get(path)}
        self._pending_roots |= {
            root for root, family in self._entries.paths_by_root.items() if not affected_paths.isdisjoint(family)
        }

    def _scan_images(self, request: BuildRequest, state: State) -> None:
        """Scan all images that pages name."""
        self._image_paths = self._archive.images()
        self._images = load_images(request, state, self._archive, self._setting.config)

    def _load(self, request: BuildRequest) -> None:
        """Load the entries from the state. Entries whose items differ from the last build become pending."""
        state = State(self._store, request.audience)
        self._version, self.has_deferred = self._data_version(), bool(state.deferred_pages())
        self._entries = EntryIndex(self._archive.rows())
        self._scan_images(request, state)
        known = {root: row.digest for root, row in state.entries().items()}
        digests = self._entries.digests(self._entries.paths_by_root, self._images.digests_by_page)
        self._pending_roots = {root for root in known.keys() | digests.keys() if known.get(root) != digests.get(root)}

    def _data_version(self) -> int:
        """Return a number that changes when another connection writes
        (https://www.sqlite.org/pragma.html#pragma_data_version).
        """
        return int(self._store.execute("PRAGMA data_version").fetchone()[0])


def _inode(request: BuildRequest) -> int:
    try:
        return (request.folder.parent / STATE_FILE).stat().st_ino
    except OSError:
        return 0
