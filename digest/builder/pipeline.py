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
from digest.builder.commit.stage import Stage, is_bare
from digest.builder.commit.transaction import Work, drop, settle, stage_assets
from digest.builder.context import Setting, load_setting
from digest.builder.extras.images import Gallery, gallery_of, stage_pictures
from digest.builder.incremental.affected import Regrouping, is_vast
from digest.builder.incremental.deferred import all_of
from digest.builder.incremental.entries import Kin
from digest.builder.incremental.entry_lookup import Nearest
from digest.builder.incremental.plan import Plan
from digest.builder.render.pools import can_inherit, spread_left
from digest.builder.render.scheduler import Drawing, draw_all, draws_new, prepare
from digest.builder.request import BuildRequest, Progress, Report
from digest.builder.site_checks import site_issues
from digest.builder.state.cards import Touched
from digest.builder.state.database import TABLES, State
from digest.builder.uptodate import fingerprint
from digest.builder.uptodate.snapshot import Left, Mark, left_of
from digest.content.store.archive import SCHEMA as CONTENT
from digest.content.store.archive import Archive
from digest.content.store.database import open_store
from digest.content.store.refresh import Refreshed
from digest.gc_pause import no_collection
from digest.issues import Issue, Place, Severity, fails, in_order, issue, with_severities
from digest.labels.engines import labeller_of, mark_of
from digest.site.groups import Page
from digest.theme.locate import shipped_folder


class Looked(NamedTuple):
    """What a build sees before it draws: what changed, and which pages that means, with reasons."""

    items: int
    entries: int
    touched: Touched
    plan: Plan
    pages: dict[Page, str]
    damaged: set[str]
    issues: tuple[Issue, ...]
    gallery: Gallery
    gone: dict[str, str]

    @property
    def has_bad_pages(self) -> bool:
        """Whether a page could not be read: what it made before must not go because of that."""
        return any(i.severity is Severity.ERROR and i.code.startswith(("page-", "id-")) for i in self.issues)


def run(request: BuildRequest, sight: fingerprint.Sight, left: Left | None, progress: Progress | None) -> Report:
    """A build of what was seen; the caller sees to it that there is no other. Raises OSError.

    `left` is what the last build left, if that is known; the state says whether it is of the same build.
    """
    fingerprint.forget(request)
    with _store(request) as store, no_collection():
        state = State(store, request.audience)
        left = left if left and _manifest(state) and left.mark_of(MANIFEST) == _manifest(state) else None
        report = _build(request, state, sight, left, progress or quiet)
        if report.ok:
            fingerprint.keep(request, sight, report, _left(state, left))
    return report


def _left(state: State, before: Left | None) -> Left:
    """What is left now."""
    now = state.changed() if before else None
    if before is None or now is None:
        return left_of(state.left(MANIFEST))
    marks: dict[str, Mark | None] = {file: row and (row.size, row.mtime) for file, row in now.items()}
    return before.then(marks | {MANIFEST: _manifest(state)})


def _manifest(state: State) -> Mark | None:
    """The mark of the manifest that the last build made; None when it made none."""
    size, _, time = state.meta().get("manifest", "").partition(" ")
    return (int(size), int(time)) if time else None


def _build(
    request: BuildRequest, state: State, sight: fingerprint.Sight, left: Left | None, progress: Progress
) -> Report:
    setting, issues = load_setting(request)
    if setting and state.meta().get("theme") != setting.theme_mark:
        from digest.theme import check_templates  # noqa: PLC0415 - with it comes Jinja

        # As slow as a small build: only for templates not seen before, and not for those that come with us.
        issues += check_templates(setting.theme, trusted_folder=shipped_folder())
    if setting is None or fails(issues):
        return Report(ok=False, issues=in_order(issues))
    stage = stage_of(request)
    journal.finish(state, stage)
    progress("reading", 0, 0)
    archive = archive_of(request, state.connection, setting)
    content = sight.content()
    meanwhile = prepare(request, setting, stage, len(content.files) if content else 0)
    read = archive.refresh(spread=_spread(request, meanwhile=meanwhile), found=content)
    del content  # of a million pages
    work = Work(request=request, state=state, setting=setting, stage=stage, read=read, issues=issues)
    return make(work, partial(look, request, state, setting, archive, read, left), settle, progress)


def stage_of(request: BuildRequest) -> Stage:
    """Where the files of a build wait."""
    return Stage(request.folder / f"stage-{request.audience}", request.output)


def make(work: Work, see: Callable[[], Looked], end: Callable[[Work, list[str]], None], progress: Progress) -> Report:
    """The second half of a build: what `see` finds is drawn, `end` writes down how it gets into the output."""
    request, state, stage = work.request, work.state, work.stage
    with _transaction(state) as transaction:
        progress("grouping", 0, 0)
        looked = see()
        if draws_new(request, looked.plan):
            looked.plan.cards.share()
        stage.clear(whole=is_bare(request.output))
        assets = stage_assets(state, stage, work.setting.assets.files, looked.damaged)
        assets += stage_pictures(state, stage, looked.gallery, looked.plan.cards.read, looked.damaged)
        assets += _cards(work, looked)
        index, missed = _index(work, looked)
        assets += index
        total = len(looked.pages)
        tell = partial(_tell, progress, total)
        drawing = draw_all(request, stage, looked.plan, looked.pages, looked.damaged, tell)
        looked.plan.check_claims()
        wrong = (*drawing.issues, *looked.plan.issues)
        said = with_severities(in_order((*work.issues, *looked.issues, *missed, *wrong)), work.setting.config.issues)
        if wrong:
            transaction.cancel()
            return _report(work.read, looked, drawing, said, ok=False)
        leaving = [] if looked.has_bad_pages else looked.plan.removed
        changes = changes_of(state, assets, drawing.staged, leaving, looked.gone)
        removed = drop(state, leaving)
        end(work, [*assets, *drawing.staged])
    journal.finish(state, stage)
    report = _report(work.read, looked, drawing, said, ok=True)
    return _closed(request, state, msgspec.structs.replace(report, removed=removed, changes=changes))


def look(
    request: BuildRequest, state: State, setting: Setting, archive: Archive, read: Refreshed, left: Left | None = None
) -> Looked:
    """Regroup what changed, and find the pages that it may mean."""
    if request.full or state.meta().get("unfinished"):
        state.forget()
    gallery, meta = gallery_of(request, state, archive, setting.config), state.meta()
    everything = meta.get("rules") != setting.rules or request.now.astimezone(UTC).isoformat() < meta.get("now", "")
    spread = _spread(request, lambda given: given.path)
    regrouping = Regrouping(state, setting, request.now, archive.items, gallery.pictures, spread)
    # From the same items, but for what was read now, and with no picture that may be another one.
    goes_on = not everything and meta.get("turn") == read.since and not gallery.marks
    vast = is_vast(state, archive)
    near = Nearest(archive) if vast or goes_on else None
    suspects = None if near is None or vast else near.suspects(state, read)
    kin = near if near and (vast or suspects is not None) else Kin(archive.rows())
    if near and vast:
        cards = regrouping.found(partial(near.batches, gallery.marks))
    else:
        digests = kin.digests(kin.families if suspects is None else suspects, gallery.marks)
        cards = regrouping.run(kin.families, digests, everything=everything, suspects=suspects)
    damaged = list(state.damaged(request.output, left))
    plan = Plan(state, setting, regrouping.touched, cards)
    looks = {name.removeprefix("look "): value for name, value in meta.items() if name.startswith("look ")}
    pages = all_of(state, plan.pages(damaged, everything=everything, looks=looks))
    issues = (*archive.issues(), *kin.issues, *gallery.issues, *site_issues(state, setting))
    return Looked(
        len(kin),
        len(kin.families),
        regrouping.touched,
        plan,
        pages,
        {row.url for row in damaged},
        issues,
        gallery,
        regrouping.gone,
    )


def _cards(work: Work, looked: Looked) -> list[str]:
    """The cards for social networks, on a site that has them or had them."""
    context, state = work.setting.context, work.state
    if context.social is None and not next(state.pages(("card",)), None):
        return []
    from digest.builder.extras.social_cards import stage_cards  # noqa: PLC0415 - few sites have cards

    touched, read = looked.touched.keys, looked.plan.cards.read
    return stage_cards(work.request, state, work.stage, context, touched, read, looked.damaged)


def _index(work: Work, looked: Looked) -> tuple[list[str], tuple[Issue, ...]]:
    """The index of the search, on a site that has or had one."""
    context, state = work.setting.context, work.state
    if not context.search and not next(state.pages(("search-index",)), None):
        return [], ()
    from digest.builder.extras.search_index import stage_index  # noqa: PLC0415 - not every site is searched

    touched, read = looked.touched.keys, looked.plan.cards.read
    return stage_index(work.request, state, work.stage, context, touched, read, looked.damaged)


def archive_of(request: BuildRequest, store: sqlite3.Connection, setting: Setting) -> Archive:
    """The site's content, with what it takes to infer what a page leaves out."""
    return Archive(
        request.site,
        store,
        setting.config,
        label=partial(labeller_of, setting.config),
        identify=_identified,
        engine=mark_of(setting.config),
    )


def _identified(title: str, day: date) -> str:
    """The id that import would have given to a page without one."""
    from digest.wire import id_of, key_of  # noqa: PLC0415 - most pages have an id

    return id_of(key_of(title), day)


def _spread(request: BuildRequest, name: Callable[[Any], str] = str, meanwhile: Iterator[None] | None = None) -> Any:
    """How many new things are read or emitted, where there are processes for it, as `spread_left`."""
    spreads = request.jobs > 1 and can_inherit(request.jobs, request.executor)
    return (
        partial(spread_left, jobs=request.jobs, folder=request.at, name=name, meanwhile=meanwhile) if spreads else None
    )


class _Transaction:
    """Whether what was written stays."""

    def __init__(self) -> None:
        self.stays = True

    def cancel(self) -> None:
        """As if nothing had been written."""
        self.stays = False


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
        state.connection.execute("COMMIT" if transaction.stays else "ROLLBACK")


def _report(read: Refreshed, looked: Looked, drawing: Drawing, issues: tuple[Issue, ...], *, ok: bool) -> Report:
    return Report(
        ok=ok,
        issues=issues,
        scanned=read.scanned,
        loaded=read.loaded,
        items=looked.items,
        entries=looked.entries,
        planned=looked.plan.planned,
        rendered=drawing.rendered,
        kept=looked.plan.kept,
        written=len(drawing.staged) if ok else 0,
    )


def _closed(request: BuildRequest, state: State, report: Report) -> Report:
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


def _tell(progress: Progress, total: int, done: int) -> None:
    progress("drawing", done, total)


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Tells nobody."""
