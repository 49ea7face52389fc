"""The build as one paragraph: read content, plan pages, render them into the stage, commit."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, NamedTuple

import msgspec

from digest.builder.commit import journal
from digest.builder.commit.changes import changes_of
from digest.builder.commit.manifest import MANIFEST, foreign_files
from digest.builder.commit.stage import Stage, is_empty_output
from digest.builder.commit.transaction import BuildState, prepare_commit, remove_pages, stage_assets
from digest.builder.context import BuildContext, load_context
from digest.builder.extras.images import SiteImages, load_images, stage_images
from digest.builder.incremental.affected import GroupUpdate, needs_bulk_load
from digest.builder.incremental.deferred import with_deferred_pages
from digest.builder.incremental.entries import EntryIndex
from digest.builder.incremental.entry_lookup import EntryLookup
from digest.builder.incremental.plan import Plan
from digest.builder.render.pools import can_share_by_fork, map_shared
from digest.builder.render.scheduler import RenderResult, load_templates, plans_in_workers, render_all
from digest.builder.request import BuildRequest, Progress, Report
from digest.builder.site_checks import site_issues
from digest.builder.state.cards import AffectedGroups
from digest.builder.state.database import State
from digest.builder.state.schema import TABLES
from digest.builder.uptodate import fingerprint
from digest.builder.uptodate.snapshot import FileStat, Snapshot, snapshot_of
from digest.content.store.archive import SCHEMA as CONTENT
from digest.content.store.archive import Archive
from digest.content.store.database import open_store
from digest.content.store.refresh import RefreshResult
from digest.gc_pause import no_collection
from digest.issues import Issue, Place, Severity, fails, in_order, issue, with_severities
from digest.labels.engines import labeller_of, mark_of
from digest.site.groups import Page
from digest.speedups import is_enabled
from digest.theme.locate import shipped_folder


class BuildPlan(NamedTuple):
    """Result of planning: the affected groups, and the pages to look at with a reason for each."""

    items: int
    entries: int
    affected: AffectedGroups
    plan: Plan
    pages: dict[Page, str]
    damaged: set[str]
    issues: tuple[Issue, ...]
    images: SiteImages
    removed_roots: dict[str, str]

    @property
    def has_bad_pages(self) -> bool:
        """True when a content page could not be read.

        Then no output page is removed, since its source may only be broken.
        """
        return any(i.severity is Severity.ERROR and i.code.startswith(("page-", "id-")) for i in self.issues)


def run(
    request: BuildRequest, inputs: fingerprint.Inputs, snapshot: Snapshot | None, progress: Progress | None
) -> Report:
    """Run a build of the scanned inputs. The caller holds the lock. Raises OSError when files cannot be written.

    `snapshot` describes the output after the last build, if known; it is used only if the state is of the same build.
    """
    fingerprint.discard(request)
    with _store(request) as store, no_collection():
        state = State(store, request.audience)
        snapshot = (
            snapshot
            if snapshot and _manifest_stat(state) and snapshot.stat_of(MANIFEST) == _manifest_stat(state)
            else None
        )
        report = _build(request, state, inputs, snapshot, progress or no_progress)
        if report.ok:
            fingerprint.save(request, inputs, report, _snapshot(state, snapshot))
    return report


def _snapshot(state: State, before: Snapshot | None) -> Snapshot:
    """Return the snapshot of the output after this build."""
    now = state.changed_rows() if before else None
    if before is None or now is None:
        return snapshot_of(state.output_files(MANIFEST))
    marks: dict[str, FileStat | None] = {file: row and (row.size, row.mtime) for file, row in now.items()}
    return before.updated(marks | {MANIFEST: _manifest_stat(state)})


def _manifest_stat(state: State) -> FileStat | None:
    """Return size and mtime of the manifest of the last build; None when there is none."""
    size, _, time = state.meta().get("manifest", "").partition(" ")
    return (int(size), int(time)) if time else None


def _build(
    request: BuildRequest, state: State, inputs: fingerprint.Inputs, snapshot: Snapshot | None, progress: Progress
) -> Report:
    setting, issues = load_context(request)
    if setting and state.meta().get("theme") != setting.theme_digest:
        from digest.theme import check_templates  # noqa: PLC0415 - with it comes Jinja

        # This takes as long as a small build, so only new templates are checked, and shipped ones never.
        issues += check_templates(setting.theme, trusted_folder=shipped_folder())
    if setting is None or fails(issues):
        return Report(ok=False, issues=in_order(issues))
    stage = stage_of(request)
    journal.finish_commit(state, stage)
    progress("reading", 0, 0)
    archive = archive_of(request, state.connection, setting)
    content = inputs.content()
    meanwhile = load_templates(request, setting, stage, len(content.files) if content else 0)
    read = archive.refresh(map_shards=_parallel_map(request, meanwhile=meanwhile), scan_result=content)
    del content  # of a million pages
    work = BuildState(request=request, state=state, build_context=setting, stage=stage, read=read, issues=issues)
    return render_and_commit(
        work, partial(plan_build, request, state, setting, archive, read, snapshot), prepare_commit, progress
    )


def stage_of(request: BuildRequest) -> Stage:
    """Return the stage of a build."""
    return Stage(request.folder / f"stage-{request.audience}", request.output)


def render_and_commit(
    work: BuildState,
    plan_pages: Callable[[], BuildPlan],
    prepare_commit: Callable[[BuildState, list[str]], None],
    progress: Progress,
) -> Report:
    """Run the second half of a build: `plan_pages`, render, `prepare_commit`, then the commit itself."""
    request, state, stage = work.request, work.state, work.stage
    with _transaction(state) as transaction:
        progress("grouping", 0, 0)
        build_plan = plan_pages()
        if plans_in_workers(request, build_plan.plan):
            build_plan.plan.cards.share()
        stage.clear(whole=is_empty_output(request.output) and is_enabled("whole-stage"))
        assets = stage_assets(state, stage, work.build_context.assets.files, build_plan.damaged)
        assets += stage_images(state, stage, build_plan.images, build_plan.plan.cards.read, build_plan.damaged)
        assets += _stage_social_cards(work, build_plan)
        index, missed = _stage_search_index(work, build_plan)
        assets += index
        total = len(build_plan.pages)
        tell = partial(_report_rendering, progress, total)
        result = render_all(request, stage, build_plan.plan, build_plan.pages, build_plan.damaged, tell)
        build_plan.plan.check_claims()
        errors = (*result.issues, *build_plan.plan.issues)
        all_issues = with_severities(
            in_order((*work.issues, *build_plan.issues, *missed, *errors)), work.build_context.config.issues
        )
        if errors:
            transaction.cancel()
            return _report(work.read, build_plan, result, all_issues, ok=False)
        removed_pages = [] if build_plan.has_bad_pages else build_plan.plan.removed
        changes = changes_of(state, assets, result.staged, removed_pages, build_plan.removed_roots)
        removed = remove_pages(state, removed_pages)
        prepare_commit(work, [*assets, *result.staged])
    journal.finish_commit(state, stage)
    report = _report(work.read, build_plan, result, all_issues, ok=True)
    return _complete(request, state, msgspec.structs.replace(report, removed=removed, changes=changes))


def plan_build(
    request: BuildRequest,
    state: State,
    setting: BuildContext,
    archive: Archive,
    read: RefreshResult,
    left: Snapshot | None = None,
) -> BuildPlan:
    """Update the groups of cards, and find the pages that may be stale."""
    if request.full or state.meta().get("unfinished"):
        state.clear()
    images, meta = load_images(request, state, archive, setting.config), state.meta()
    everything = meta.get("rules") != setting.rules_digest or request.now.astimezone(UTC).isoformat() < meta.get(
        "now", ""
    )
    parallel_map = _parallel_map(request, lambda given: given.path)
    update = GroupUpdate(state, setting, request.now, archive.items, images.images, parallel_map)
    # The state was made from the same items except those read now, and no image can have changed.
    goes_on = not everything and meta.get("turn") == read.previous_generation and not images.digests_by_page
    bulk = needs_bulk_load(state, archive)
    lookup = EntryLookup(archive) if bulk or (goes_on and is_enabled("entry-lookup")) else None
    affected = None if lookup is None or bulk else lookup.affected_roots(state, read)
    entries = lookup if lookup and (bulk or affected is not None) else EntryIndex(archive.rows())
    if lookup and bulk:
        cards = update.load_new_site(partial(lookup.batches, images.digests_by_page))
    else:
        digests = entries.digests(entries.paths_by_root if affected is None else affected, images.digests_by_page)
        cards = update.run(entries.paths_by_root, digests, everything=everything, affected_roots=affected)
    damaged = list(state.damaged_pages(request.output, left))
    plan = Plan(state, setting, update.affected, cards)
    last_template_digests = {
        name.removeprefix("look "): value for name, value in meta.items() if name.startswith("look ")
    }
    pages = with_deferred_pages(
        state, plan.stale_pages(damaged, everything=everything, last_template_digests=last_template_digests)
    )
    issues = (*archive.issues(), *entries.issues, *images.issues, *site_issues(state, setting))
    return BuildPlan(
        len(entries),
        len(entries.paths_by_root),
        update.affected,
        plan,
        pages,
        {row.url for row in damaged},
        issues,
        images,
        update.removed_roots,
    )


def _stage_social_cards(work: BuildState, build_plan: BuildPlan) -> list[str]:
    """Stage social cards, on a site that has or had them."""
    context, state = work.build_context.site_context, work.state
    if context.social is None and not next(state.pages(("card",)), None):
        return []
    from digest.builder.extras.social_cards import stage_cards  # noqa: PLC0415 - few sites have cards

    affected, read = build_plan.affected.keys, build_plan.plan.cards.read
    return stage_cards(work.request, state, work.stage, context, affected, read, build_plan.damaged)


def _stage_search_index(work: BuildState, build_plan: BuildPlan) -> tuple[list[str], tuple[Issue, ...]]:
    """Stage the search index, on a site that has or had one."""
    context, state = work.build_context.site_context, work.state
    if not context.search_indexer and not next(state.pages(("search-index",)), None):
        return [], ()
    from digest.builder.extras.search_index import stage_index  # noqa: PLC0415 - not every site is searched

    affected, read = build_plan.affected.keys, build_plan.plan.cards.read
    return stage_index(work.request, state, work.stage, context, affected, read, build_plan.damaged)


def archive_of(request: BuildRequest, store: sqlite3.Connection, setting: BuildContext) -> Archive:
    """Return the index of the content, with the functions that infer missing fields."""
    return Archive(
        request.site,
        store,
        setting.config,
        load_labeller=partial(labeller_of, setting.config),
        identify=_id_for,
        engine=mark_of(setting.config),
    )


def _id_for(title: str, day: date) -> str:
    """Return the id that import would have given to a page without one."""
    from digest.wire import id_of, key_of  # noqa: PLC0415 - most pages have an id

    return id_of(key_of(title), day)


def _parallel_map(
    request: BuildRequest, name: Callable[[Any], str] = str, meanwhile: Iterator[None] | None = None
) -> Any:
    """Return `map_shared` for the jobs of this request; None when the work stays in this process."""
    spreads = request.jobs > 1 and can_share_by_fork(request.jobs, request.executor)
    return (
        partial(map_shared, jobs=request.jobs, folder=request.crash_trace_folder, name=name, meanwhile=meanwhile)
        if spreads
        else None
    )


class _Transaction:
    """Outcome of a transaction: commit or roll back."""

    def __init__(self) -> None:
        self.keeps = True

    def cancel(self) -> None:
        """Roll back at the end."""
        self.keeps = False


@contextmanager
def _transaction(state: State) -> Iterator[_Transaction]:
    """Write everything into the state or nothing."""
    transaction = _Transaction()
    state.begin()
    try:
        yield transaction
    except BaseException:
        transaction.cancel()
        raise
    finally:
        state.connection.execute("COMMIT" if transaction.keeps else "ROLLBACK")


def _report(
    read: RefreshResult, build_plan: BuildPlan, result: RenderResult, issues: tuple[Issue, ...], *, ok: bool
) -> Report:
    return Report(
        ok=ok,
        issues=issues,
        scanned=read.scanned,
        loaded=read.loaded,
        items=build_plan.items,
        entries=build_plan.entries,
        planned=build_plan.plan.planned,
        rendered=result.rendered,
        kept=build_plan.plan.unchanged,
        written=len(result.staged) if ok else 0,
    )


def _complete(request: BuildRequest, state: State, report: Report) -> Report:
    """Add what is known only after the commit: counts, foreign files, the next change."""
    instant = state.next_instant()
    foreign = foreign_files(request.output, state.file_names()) if request.full else ()
    notes = tuple(
        issue("output-foreign", Place(str(request.output / f)), "no build made this file", "it is left alone")
        for f in foreign
    )
    return msgspec.structs.replace(
        report,
        pages=state.count_pages(),
        foreign=foreign,
        issues=(*report.issues, *notes),
        next_change=datetime.fromisoformat(instant) if instant else None,
    )


@contextmanager
def _store(request: BuildRequest) -> Iterator[sqlite3.Connection]:
    with closing(open_store(request.folder.parent, CONTENT, TABLES)) as store:
        yield store


def _report_rendering(progress: Progress, total: int, done: int) -> None:
    progress("drawing", done, total)


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Ignore progress."""
