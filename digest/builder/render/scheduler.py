"""Scheduler: renders all stale pages into the stage, on as many processes as are worthwhile."""

import shutil
from collections import deque
from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from digest.builder.commit.stage import Stage
from digest.builder.context import BuildContext
from digest.builder.incremental.plan import Plan
from digest.builder.render.pools import (
    INLINE_SHARDS,
    SHARD_PAGES,
    can_share_by_fork,
    executor_of,
    in_shards,
    map_in_order,
    share_with_workers,
    tapering_shards,
)
from digest.builder.request import BuildRequest
from digest.issues import Issue
from digest.site.groups import Page
from digest.site.kinds import KINDS

if TYPE_CHECKING:
    from digest.builder.render.worker import RenderedShard, RenderSettings

_MANY_ISSUES = 20
_MANY_PAGES = 2500
"""From this number of pages on, templates of many pages are compiled with all optimisations."""
_JOBS_AHEAD = 4
"""Shards of jobs that wait for each process; they contain views."""
_PAGES_AHEAD = 64
"""Shards without views that wait."""


class RenderResult(Struct, frozen=True, kw_only=True):
    """Result of rendering: number of pages, files that are new in the stage, issues."""

    rendered: int
    staged: list[str]
    issues: list[Issue]


def render_all(
    request: BuildRequest,
    stage: Stage,
    plan: Plan,
    pages: Collection[Page],
    damaged: set[str],
    report_rendered: Callable[[int], None],
) -> RenderResult:
    """Render the stale ones of `pages`, and store their rows. `report_rendered` gets the number so far."""
    rendered, staged, issues = 0, list[str](), list[Issue]()
    new = plans_in_workers(request, plan)
    writing = plan.cards.write_in_steps()
    for shard in (
        _render_new_site(request, stage, plan, pages) if new else _render_planned(request, stage, plan, pages, damaged)
    ):
        next(writing, None)
        plan.state.put_pages(shard.rows)
        rendered += len(shard.rows)
        staged += shard.staged
        issues += shard.issues
        report_rendered(rendered)
        if len(issues) >= _MANY_ISSUES:
            break
    for _ in writing:
        pass
    return RenderResult(rendered=rendered, staged=staged, issues=issues)


def plans_in_workers(request: BuildRequest, plan: Plan) -> bool:
    """Return True when workers plan the pages that they render: on a new site, when they inherit the plan."""
    return plan.is_new and can_share_by_fork(request.jobs, request.executor)


def _render_planned(
    request: BuildRequest, stage: Stage, plan: Plan, pages: Collection[Page], damaged: set[str]
) -> Iterator["RenderedShard"]:
    """Plan pages here and send their views to the workers."""
    shards = in_shards(plan.jobs(pages, damaged))
    first = next(shards, None)
    if first is None:
        return
    from digest.builder.render.worker import render_jobs  # noqa: PLC0415 - it imports Jinja and Babel, and many builds render nothing

    with executor_of(request) as executor:
        work, ahead = partial(render_jobs, _settings_of(request, plan.setting, stage)), _JOBS_AHEAD * request.jobs
        yield from map_in_order(executor, work, chain([first], shards), ahead)


def _render_new_site(
    request: BuildRequest, stage: Stage, plan: Plan, pages: Collection[Page]
) -> Iterator["RenderedShard"]:
    """Render a new site: workers inherit the plan and all cards, and plan the pages that they render."""
    from digest.builder.render.worker import plan_and_render  # noqa: PLC0415 - as above

    plan.planned += len(pages)
    work = partial(plan_and_render, _settings_of(request, plan.setting, stage))
    many = len(pages) > INLINE_SHARDS * SHARD_PAGES
    if many:
        deque(load_templates(request, plan.setting, stage, len(pages)), maxlen=0)
    with share_with_workers(plan), executor_of(request, at_once=many) as executor:
        shards = tapering_shards(list(pages), 2 * SHARD_PAGES, request.jobs) if many else in_shards(pages)
        for shard in map_in_order(executor, work, shards, _PAGES_AHEAD):
            plan.claim_new(shard.rows)
            yield shard


def load_templates(request: BuildRequest, setting: BuildContext, stage: Stage, pages: int) -> Iterator[None]:
    """Load templates, one for each step; workers that are forked later inherit them."""
    from digest.builder.render.worker import load_template  # noqa: PLC0415 - as above

    settings = _settings_of(request, setting, stage)
    frequent = {kind.template for kind in KINDS.values() if kind.is_numerous and pages >= _MANY_PAGES}
    for template in dict.fromkeys(kind.template for kind in KINDS.values()):
        load_template(settings, template, often=template in frequent)
        yield


def _settings_of(request: BuildRequest, setting: BuildContext, stage: Stage) -> "RenderSettings":
    from digest.builder.render.worker import RenderSettings  # noqa: PLC0415 - as above

    return RenderSettings(
        key="\n".join((stage.folder, stage.output, str(request.site), setting.theme_digest)),
        theme=setting.theme,
        assets=setting.assets.without_files,
        site=setting.site_context.site,
        content=request.site / "content",
        stage=stage,
        compiled=_compiled_templates_folder(request, setting.theme_digest),
        squeezes=setting.minifies,
    )


def _compiled_templates_folder(request: BuildRequest, theme_mark: str) -> Path:
    """Return the folder of compiled templates.

    Compiled code contains constants of the site, so each frame has its own.
    """
    folder = request.folder / f"templates-{request.audience}" / theme_mark
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder
