"""A build, from content to output, as one paragraph. What it is made of stands in the modules beside it."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import msgspec
from filelock import FileLock, Timeout

from digest.build import commit
from digest.build.checks import site_issues
from digest.build.executors import SHARD, executor_for, in_shards, spread
from digest.build.plan import Job, Plan
from digest.build.regroup import Regrouping, Touched
from digest.build.render import Drawn, Shop, draw, put_file, row_of
from digest.build.request import BuildRequest, Progress, Report
from digest.build.setting import Setting, engine_digest, load_setting
from digest.build.state import TABLES, PageRow, State
from digest.content.archive import SCHEMA as CONTENT
from digest.content.archive import Archive
from digest.content.refresh import Refreshed
from digest.content.store import open_store
from digest.issues import Issue, Place, Severity, fails, in_order, issue, with_severities
from digest.labels import engine
from digest.site.entries import join
from digest.site.groups import Page
from digest.theme import check_templates
from digest.wire import id_of, key_of

ASSET = "asset"


class Looked(NamedTuple):
    """What a build sees before it draws: what changed, and which pages that means, with reasons."""

    archive: Archive
    entries: int
    touched: Touched
    plan: Plan
    pages: dict[Page, str]
    damaged: set[str]
    issues: tuple[Issue, ...]


def build(request: BuildRequest, progress: Progress | None = None) -> Report:
    """Build a site. Everything that is wrong is in the report; the output is touched only when all pages were drawn."""
    start = perf_counter()
    try:
        with _locked(request), _store(request) as store:
            report = _build(request, State(store, request.audience), progress or _quiet)
    except Timeout:
        report = _failed(issue("output-locked", Place(), "another build of this site is running", "wait for its end"))
    except OSError as error:
        place = Place(str(error.filename or request.output))
        hint = "see who owns it, and whether the disk is full"
        report = _failed(issue("output-unwritable", place, error.strerror or str(error), hint))
    return msgspec.structs.replace(report, seconds=perf_counter() - start)


def _build(request: BuildRequest, state: State, progress: Progress) -> Report:
    setting, issues = load_setting(request)
    if setting and state.meta().get("theme") != setting.theme_mark:
        issues += check_templates(setting.theme)  # as slow as a small build: only for templates not seen before
    if setting is None or fails(issues):
        return Report(ok=False, issues=in_order(issues))
    stage = request.folder / f"stage-{request.audience}"
    commit.finish(state, stage, request.output)
    progress("reading", 0, 0)
    archive = archive_of(request, state.connection, setting)
    read = archive.refresh()
    state.begin()
    try:
        progress("grouping", 0, 0)
        looked = look(request, state, setting, archive)
        drawn = _draw(request, setting, stage, looked, progress)
        issues = (*issues, *looked.issues, *looked.plan.issues, *drawn.issues)
        report = _counted(read, looked, drawn, with_severities(in_order(issues), setting.config.issues))
        if drawn.issues or looked.plan.issues:
            state.connection.execute("ROLLBACK")
            shutil.rmtree(stage, ignore_errors=True)
            return msgspec.structs.replace(report, ok=False, written=0, removed=0)
        removed = _settle(request, state, setting, stage, looked, drawn)
        state.connection.execute("COMMIT")
    except BaseException:
        if state.connection.in_transaction:
            state.connection.execute("ROLLBACK")
        raise
    commit.finish(state, stage, request.output)
    return _closed(request, state, msgspec.structs.replace(report, removed=removed))


def look(request: BuildRequest, state: State, setting: Setting, archive: Archive) -> Looked:
    """Regroup what changed, and find the pages that it may mean."""
    if request.full:
        state.forget()
    rows = archive.rows()
    joined = join(rows)
    by_path = {row.path: row.digest for row in rows}
    digests = {root: _joint(by_path[path] for path in paths) for root, paths in joined.families.items()}
    meta = state.meta()
    everything = meta.get("rules") != setting.rules or request.now.astimezone(UTC).isoformat() < meta.get("now", "")
    regrouping = Regrouping(state, setting, request.now, archive.items)
    touched = regrouping.run(joined.families, digests, everything=everything)
    damaged = list(_damaged(state, request.output))
    plan = Plan(state, setting, touched)
    looks = {name.removeprefix("look "): value for name, value in meta.items() if name.startswith("look ")}
    pages = plan.pages(damaged, everything=everything, looks=looks)
    issues = (*archive.issues(), *joined.issues, *site_issues(state, setting))
    return Looked(archive, len(joined.families), touched, plan, pages, {row.url for row in damaged}, issues)


def archive_of(request: BuildRequest, store: sqlite3.Connection, setting: Setting) -> Archive:
    """The site's content, with what it takes to infer what a page leaves out."""
    taxonomy = setting.config.taxonomy
    return Archive(
        request.site,
        store,
        setting.config,
        label=partial(engine, taxonomy),
        identify=lambda title, day: id_of(key_of(title), day),
        engine=engine_digest(),
    )


def _draw(request: BuildRequest, setting: Setting, stage: Path, looked: Looked, progress: Progress) -> Drawn:
    """Draw what has to be drawn into the stage, on as many processes as are worth it."""
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    folders = (request.site / "content", stage, request.output, _compiled(request, setting))
    key = _joint([str(folders), *(look.hex() for look in setting.looks.values())]).encode()
    shop = Shop(
        key=key,
        theme=setting.theme,
        assets=setting.assets.without_files,
        site=setting.context.site,
        folders=folders,
    )
    total, done = len(looked.pages), Drawn()
    jobs = looked.plan.jobs(looked.pages, looked.damaged)
    with executor_for(request.jobs, total // SHARD) as executor:
        for drawn in spread(executor, partial(draw, shop), in_shards(jobs), ahead=4 * request.jobs):
            done = _added(done, drawn)
            progress("drawing", len(done.rows), total)
    looked.plan.check_claims()
    return done


def _compiled(request: BuildRequest, setting: Setting) -> Path:
    """Where compiled templates are kept. Jinja works out constants such as `"/x/" | url`: each frame has its own."""
    folder = request.folder / f"templates-{request.audience}" / setting.theme_mark
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder


def _settle(request: BuildRequest, state: State, setting: Setting, stage: Path, looked: Looked, drawn: Drawn) -> int:
    """Write down what the output will hold, and how it gets there. Returns how many files go."""
    assets, fresh = _stage_assets(request, state, setting, stage, looked.damaged)
    held = any(i.severity is Severity.ERROR and i.code.startswith(("page-", "id-")) for i in looked.issues)
    removed = [] if held else list(looked.plan.removed)
    taken = {row.url for row in (*drawn.rows, *assets)}
    state.drop_pages(row.url for row in removed if row.url not in taken)
    state.put_pages((*drawn.rows, *assets))
    kept = {page.file for page in state.pages()}
    gone = [row.file for row in removed if row.file not in kept]
    gone += [] if held else _orphans(request.output, kept)
    known = {"rules": setting.rules, "theme": setting.theme_mark, "now": request.now.astimezone(UTC).isoformat()}
    state.set_meta(known | {f"look {name}": look.hex() for name, look in setting.looks.items()})
    manifest = commit.manifest_bytes(state)
    renew = put_file(stage, request.output, commit.MANIFEST, manifest)
    state.write_journal(commit.operations([*fresh, *drawn.staged], gone, manifest=renew))
    return len(gone)


def _stage_assets(
    request: BuildRequest, state: State, setting: Setting, stage: Path, damaged: set[str]
) -> tuple[list[PageRow], list[str]]:
    """Assets are pages that are drawn already."""
    known = {row.url: row for row in state.pages((ASSET,))}
    rows, fresh, now = [], [], set[str]()
    for file in setting.assets.files:
        url = f"/{file.path}"
        now.add(url)
        mark = hashlib.blake2b(file.data, digest_size=16).digest()
        if url in known and known[url].mark == mark and url not in damaged:
            continue
        job = Job(Page(ASSET, file.path, url), file.path, "", b"", mark, file.type)
        if put_file(stage, request.output, file.path, file.data):
            fresh.append(file.path)
        rows.append(row_of(job, file.data, stage if fresh and fresh[-1] == file.path else request.output))
    state.drop_pages(url for url in known if url not in now)
    return rows, fresh


def _orphans(output: Path, kept: set[str]) -> list[str]:
    """Files that the output's own manifest owns, and no page makes any more."""
    manifest = commit.read_manifest(output)
    return [file.path for file in manifest.files if file.path not in kept] if manifest else []


def _damaged(state: State, output: Path) -> Iterator[PageRow]:
    """Files that are not as they were left: one stat each."""
    for row in state.pages():
        try:
            stat = (output / row.file).stat()
        except OSError:
            yield row
            continue
        if (stat.st_size, stat.st_mtime_ns) != (row.size, row.mtime):
            yield row


def _added(done: Drawn, more: Drawn) -> Drawn:
    return Drawn(rows=done.rows + more.rows, staged=done.staged + more.staged, issues=done.issues + more.issues)


def _counted(read: Refreshed, looked: Looked, drawn: Drawn, issues: tuple[Issue, ...]) -> Report:
    return Report(
        ok=True,
        issues=issues,
        scanned=read.scanned,
        loaded=read.loaded,
        items=len(looked.archive.rows()),
        entries=looked.entries,
        planned=looked.plan.planned,
        rendered=len(drawn.rows),
        kept=looked.plan.kept,
        written=len(drawn.staged),
    )


def _closed(request: BuildRequest, state: State, report: Report) -> Report:
    """What can only be said at the end."""
    owned = {row.file for row in state.pages()}
    instant = state.next_instant()
    foreign = commit.foreign_files(request.output, owned) if request.full else ()
    notes = tuple(
        issue("output-foreign", Place(str(request.output / f)), "no build made this file", "it is left alone")
        for f in foreign
    )
    return msgspec.structs.replace(
        report,
        pages=len(owned),
        foreign=foreign,
        issues=(*report.issues, *notes),
        next_change=datetime.fromisoformat(instant) if instant else None,
    )


@contextmanager
def _locked(request: BuildRequest) -> Iterator[None]:
    """One build of an audience at a time. Raises Timeout."""
    request.folder.mkdir(parents=True, exist_ok=True)
    with FileLock(request.folder / f"build-{request.audience}.lock", timeout=10):
        yield


@contextmanager
def _store(request: BuildRequest) -> Iterator[sqlite3.Connection]:
    with closing(open_store(request.folder.parent, CONTENT, TABLES)) as store:
        yield store


def _joint(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _failed(wrong: Issue) -> Report:
    return Report(ok=False, issues=(wrong,))


def _quiet(_stage: str, _done: int, _total: int) -> None:
    """Tells nobody."""
