"""All pages of a build, drawn into the stage on as many processes as are worth it."""

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
"""From so many on it pays to put templates together that draw often."""
_JOBS_AHEAD = 4
"""Shards of jobs that wait for each process: they hold what the pages show."""
_PAGES_AHEAD = 64
"""Shards of mere pages."""


class RenderResult(Struct, frozen=True, kw_only=True):
    """How many pages were drawn, which files are new in the stage, and what went wrong."""

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
    """Draw those of `pages` that have to be; the state learns of each, `tell` of how many there are by now."""
    rendered, staged, issues = 0, list[str](), list[Issue]()
    new = plans_in_workers(request, plan)
    settling = plan.cards.write_in_steps()
    for drawn in (
        _render_new_site(request, stage, plan, pages) if new else _render_planned(request, stage, plan, pages, damaged)
    ):
        next(settling, None)
        plan.state.put_pages(drawn.rows)
        rendered += len(drawn.rows)
        staged += drawn.staged
        issues += drawn.issues
        report_rendered(rendered)
        if len(issues) >= _MANY_ISSUES:
            break
    for _ in settling:
        pass
    return RenderResult(rendered=rendered, staged=staged, issues=issues)


def plans_in_workers(request: BuildRequest, plan: Plan) -> bool:
    """Whether the pages of a new site are planned where they are drawn."""
    return plan.is_new and can_share_by_fork(request.jobs, request.executor)


def _render_planned(
    request: BuildRequest, stage: Stage, plan: Plan, pages: Collection[Page], damaged: set[str]
) -> Iterator["RenderedShard"]:
    """Pages that are planned here, while others are drawn; what they show is sent to those who draw."""
    shards = in_shards(plan.jobs(pages, damaged))
    first = next(shards, None)
    if first is None:
        return
    from digest.builder.render.worker import render_jobs  # noqa: PLC0415 - with it come Jinja and Babel, and many builds draw nothing

    with executor_of(request) as executor:
        work, ahead = partial(render_jobs, _settings_of(request, plan.setting, stage)), _JOBS_AHEAD * request.jobs
        yield from map_in_order(executor, work, chain([first], shards), ahead)


def _render_new_site(
    request: BuildRequest, stage: Stage, plan: Plan, pages: Collection[Page]
) -> Iterator["RenderedShard"]:
    """Pages of a new site, planned where they are drawn: the processes there find the plan and all cards."""
    from digest.builder.render.worker import plan_and_render  # noqa: PLC0415 - as above

    plan.planned += len(pages)
    work = partial(plan_and_render, _settings_of(request, plan.setting, stage))
    many = len(pages) > INLINE_SHARDS * SHARD_PAGES
    if many:
        deque(load_templates(request, plan.setting, stage, len(pages)), maxlen=0)
    with share_with_workers(plan), executor_of(request, at_once=many) as executor:
        shards = tapering_shards(list(pages), 2 * SHARD_PAGES, request.jobs) if many else in_shards(pages)
        for drawn in map_in_order(executor, work, shards, _PAGES_AHEAD):
            plan.claim_new(drawn.rows)
            yield drawn


def load_templates(request: BuildRequest, setting: BuildContext, stage: Stage, pages: int) -> Iterator[None]:
    """Loads the templates for so many pages, one at a step: processes that begin later are born with them."""
    from digest.builder.render.worker import load_template  # noqa: PLC0415 - as above

    shop = _settings_of(request, setting, stage)
    often = {kind.template for kind in KINDS.values() if kind.is_numerous and pages >= _MANY_PAGES}
    for template in dict.fromkeys(kind.template for kind in KINDS.values()):
        load_template(shop, template, often=template in often)
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
    """Where compiled templates are kept. Jinja works out constants such as `"/x/" | url`; each frame has its own."""
    folder = request.folder / f"templates-{request.audience}" / theme_mark
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder
