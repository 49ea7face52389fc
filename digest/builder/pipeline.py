"""A build, from content to output, as one paragraph. What it is made of stands in the modules beside it."""

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
from digest.builder.state.database import TABLES, State
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
from digest.theme.locate import shipped_folder


class BuildPlan(NamedTuple):
    """What a build sees before it draws: what changed, and which pages that means, with reasons."""

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
        """Whether a page could not be read: what it made before must not go because of that."""
        return any(i.severity is Severity.ERROR and i.code.startswith(("page-", "id-")) for i in self.issues)


def run(
    request: BuildRequest, inputs: fingerprint.Inputs, snapshot: Snapshot | None, progress: Progress | None
) -> Report:
    """A build of what was seen; the caller sees to it that there is no other. Raises OSError.

    `left` is what the last build left, if that is known; the state says whether it is of the same build.
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
    """What is left now."""
    now = state.changed_rows() if before else None
    if before is None or now is None:
        return snapshot_of(state.output_files(MANIFEST))
    marks: dict[str, FileStat | None] = {file: row and (row.size, row.mtime) for file, row in now.items()}
    return before.updated(marks | {MANIFEST: _manifest_stat(state)})


def _manifest_stat(state: State) -> FileStat | None:
    """The mark of the manifest that the last build made; None when it made none."""
    size, _, time = state.meta().get("manifest", "").partition(" ")
    return (int(size), int(time)) if time else None


def _build(
    request: BuildRequest, state: State, inputs: fingerprint.Inputs, snapshot: Snapshot | None, progress: Progress
) -> Report:
    setting, issues = load_context(request)
    if setting and state.meta().get("theme") != setting.theme_digest:
        from digest.theme import check_templates  # noqa: PLC0415 - with it comes Jinja

        # As slow as a small build: only for templates not seen before, and not for those that come with us.
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
    """Where the files of a build wait."""
    return Stage(request.folder / f"stage-{request.audience}", request.output)


def render_and_commit(
    work: BuildState,
    plan_pages: Callable[[], BuildPlan],
    prepare_commit: Callable[[BuildState, list[str]], None],
    progress: Progress,
) -> Report:
    """The second half of a build: what `see` finds is drawn, `end` writes down how it gets into the output."""
    request, state, stage = work.request, work.state, work.stage
    with _transaction(state) as transaction:
        progress("grouping", 0, 0)
        looked = plan_pages()
        if plans_in_workers(request, looked.plan):
            looked.plan.cards.share()
        stage.clear(whole=is_empty_output(request.output))
        assets = stage_assets(state, stage, work.build_context.assets.files, looked.damaged)
        assets += stage_images(state, stage, looked.images, looked.plan.cards.read, looked.damaged)
        assets += _stage_social_cards(work, looked)
        index, missed = _stage_search_index(work, looked)
        assets += index
        total = len(looked.pages)
        tell = partial(_report_rendering, progress, total)
        drawing = render_all(request, stage, looked.plan, looked.pages, looked.damaged, tell)
        looked.plan.check_claims()
        wrong = (*drawing.issues, *looked.plan.issues)
        said = with_severities(
            in_order((*work.issues, *looked.issues, *missed, *wrong)), work.build_context.config.issues
        )
        if wrong:
            transaction.cancel()
            return _report(work.read, looked, drawing, said, ok=False)
        leaving = [] if looked.has_bad_pages else looked.plan.removed
        changes = changes_of(state, assets, drawing.staged, leaving, looked.removed_roots)
        removed = remove_pages(state, leaving)
        prepare_commit(work, [*assets, *drawing.staged])
    journal.finish_commit(state, stage)
    report = _report(work.read, looked, drawing, said, ok=True)
    return _complete(request, state, msgspec.structs.replace(report, removed=removed, changes=changes))


def plan_build(
    request: BuildRequest,
    state: State,
    setting: BuildContext,
    archive: Archive,
    read: RefreshResult,
    left: Snapshot | None = None,
) -> BuildPlan:
    """Regroup what changed, and find the pages that it may mean."""
    if request.full or state.meta().get("unfinished"):
        state.clear()
    gallery, meta = load_images(request, state, archive, setting.config), state.meta()
    everything = meta.get("rules") != setting.rules_digest or request.now.astimezone(UTC).isoformat() < meta.get(
        "now", ""
    )
    spread = _parallel_map(request, lambda given: given.path)
    regrouping = GroupUpdate(state, setting, request.now, archive.items, gallery.images, spread)
    # From the same items, but for what was read now, and with no picture that may be another one.
    goes_on = not everything and meta.get("turn") == read.previous_generation and not gallery.digests_by_page
    vast = needs_bulk_load(state, archive)
    near = EntryLookup(archive) if vast or goes_on else None
    suspects = None if near is None or vast else near.affected_roots(state, read)
    kin = near if near and (vast or suspects is not None) else EntryIndex(archive.rows())
    if near and vast:
        cards = regrouping.load_new_site(partial(near.batches, gallery.digests_by_page))
    else:
        digests = kin.digests(kin.paths_by_root if suspects is None else suspects, gallery.digests_by_page)
        cards = regrouping.run(kin.paths_by_root, digests, everything=everything, affected_roots=suspects)
    damaged = list(state.damaged_pages(request.output, left))
    plan = Plan(state, setting, regrouping.affected, cards)
    looks = {name.removeprefix("look "): value for name, value in meta.items() if name.startswith("look ")}
    pages = with_deferred_pages(state, plan.stale_pages(damaged, everything=everything, last_template_digests=looks))
    issues = (*archive.issues(), *kin.issues, *gallery.issues, *site_issues(state, setting))
    return BuildPlan(
        len(kin),
        len(kin.paths_by_root),
        regrouping.affected,
        plan,
        pages,
        {row.url for row in damaged},
        issues,
        gallery,
        regrouping.removed_roots,
    )


def _stage_social_cards(work: BuildState, looked: BuildPlan) -> list[str]:
    """The cards for social networks, on a site that has them or had them."""
    context, state = work.build_context.site_context, work.state
    if context.social is None and not next(state.pages(("card",)), None):
        return []
    from digest.builder.extras.social_cards import stage_cards  # noqa: PLC0415 - few sites have cards

    touched, read = looked.affected.keys, looked.plan.cards.read
    return stage_cards(work.request, state, work.stage, context, touched, read, looked.damaged)


def _stage_search_index(work: BuildState, looked: BuildPlan) -> tuple[list[str], tuple[Issue, ...]]:
    """The index of the search, on a site that has or had one."""
    context, state = work.build_context.site_context, work.state
    if not context.search_indexer and not next(state.pages(("search-index",)), None):
        return [], ()
    from digest.builder.extras.search_index import stage_index  # noqa: PLC0415 - not every site is searched

    touched, read = looked.affected.keys, looked.plan.cards.read
    return stage_index(work.request, state, work.stage, context, touched, read, looked.damaged)


def archive_of(request: BuildRequest, store: sqlite3.Connection, setting: BuildContext) -> Archive:
    """The site's content, with what it takes to infer what a page leaves out."""
    return Archive(
        request.site,
        store,
        setting.config,
        load_labeller=partial(labeller_of, setting.config),
        identify=_id_for,
        engine=mark_of(setting.config),
    )


def _id_for(title: str, day: date) -> str:
    """The id that import would have given to a page without one."""
    from digest.wire import id_of, key_of  # noqa: PLC0415 - most pages have an id

    return id_of(key_of(title), day)


def _parallel_map(
    request: BuildRequest, name: Callable[[Any], str] = str, meanwhile: Iterator[None] | None = None
) -> Any:
    """How many new things are read or emitted, where there are processes for it, as `spread_left`."""
    spreads = request.jobs > 1 and can_share_by_fork(request.jobs, request.executor)
    return (
        partial(map_shared, jobs=request.jobs, folder=request.crash_trace_folder, name=name, meanwhile=meanwhile)
        if spreads
        else None
    )


class _Transaction:
    """Whether what was written stays."""

    def __init__(self) -> None:
        self.keeps = True

    def cancel(self) -> None:
        """As if nothing had been written."""
        self.keeps = False


@contextmanager
def _transaction(state: State) -> Iterator[_Transaction]:
    """All that a build writes into the state, or nothing of it."""
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
    read: RefreshResult, looked: BuildPlan, drawing: RenderResult, issues: tuple[Issue, ...], *, ok: bool
) -> Report:
    return Report(
        ok=ok,
        issues=issues,
        scanned=read.scanned,
        loaded=read.loaded,
        items=looked.items,
        entries=looked.entries,
        planned=looked.plan.planned,
        rendered=drawing.rendered,
        kept=looked.plan.unchanged,
        written=len(drawing.staged) if ok else 0,
    )


def _complete(request: BuildRequest, state: State, report: Report) -> Report:
    """What can only be said at the end."""
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
    """Tells nobody."""
