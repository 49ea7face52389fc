"""Drawing pages: a shard of jobs in, files in the stage out. Runs in any process: shard and shop are plain values."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path

import msgspec

from digest.builder.commit.stage import Stage
from digest.builder.commit.staging import stage_file
from digest.builder.extras.minify import minified
from digest.builder.incremental.plan import Plan, RenderJob
from digest.builder.render.crash_trace import record_places
from digest.builder.render.pools import shared_value
from digest.builder.state.database import PageRow
from digest.content.markdown.body import html_of
from digest.content.page import body_of
from digest.content.store.refresh import load_bytes
from digest.issues import Issue, Place, issue
from digest.site.groups import Page
from digest.site.views import SiteView, View
from digest.theme import Assets, Renderer, TemplateError, Theme

_decode = msgspec.json.Decoder(View).decode
_PORTION_BYTES = 150_000
"""Bytes that tell of the views that are kept at a time: the views themselves take some twelve times as much."""


class RenderSettings:
    """What drawing needs and no page has of its own. Equal keys are equal shops, so that each process sets up once."""

    def __init__(  # noqa: PLR0913 - a plain value, an argument for each of its fields
        self,
        *,
        key: str,
        theme: Theme,
        assets: Assets,
        site: SiteView,
        content: Path,
        stage: Stage,
        compiled: Path,
        squeezes: bool = False,
    ) -> None:
        self.key, self.theme, self.assets, self.site = key, theme, assets, site
        self.content, self.stage, self.compiled_folder = str(content), stage, compiled
        self.minifies = squeezes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RenderSettings) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class RenderedShard(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of a shard: their rows, the files that are new in the stage, and what went wrong."""

    rows: tuple[PageRow, ...] = ()
    staged: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


def load_template(shop: RenderSettings, template: str, *, often: bool) -> None:
    """Get a template ready; whoever draws with one that is wrong says what is wrong."""
    _renderer(shop).load(template, optimise=often)


def render_jobs(shop: RenderSettings, jobs: Sequence[RenderJob]) -> RenderedShard:
    """Draw a shard. A file that is the same in the output already is not staged."""
    return _render(shop, ((job, _decode(job.view)) for job in record_places(jobs, lambda job: job.page.url)))


def plan_and_render(shop: RenderSettings, pages: Sequence[Page]) -> RenderedShard:
    """Plan and draw a shard of a new site, with the plan and the cards that this process was born with."""
    plan: Plan = shared_value()
    return _render(shop, filter(None, map(plan.job_for, record_places(pages, lambda page: page.url))))


def _render(shop: RenderSettings, jobs: Iterable[tuple[RenderJob, View]]) -> RenderedShard:
    """Some pages at a time: no view is kept until the others have theirs."""
    done = list(map(partial(_render_portion, shop, _renderer(shop)), _split_by_view_size(jobs)))
    return RenderedShard(
        rows=tuple(row for some in done for row in some.rows),
        staged=tuple(file for some in done for file in some.staged),
        issues=tuple(found for some in done for found in some.issues),
    )


def _split_by_view_size(jobs: Iterable[tuple[RenderJob, View]]) -> Iterator[list[tuple[RenderJob, View]]]:
    """Lists of jobs whose views are small together, or end with one that is not: a month of a list may be very long."""
    some, size = list[tuple[RenderJob, View]](), 0
    for found in jobs:
        some.append(found)
        size += found[0].view_size
        if size > _PORTION_BYTES:
            del found
            yield some
            some, size = [], 0
    yield some


def _render_portion(shop: RenderSettings, renderer: Renderer, jobs: list[tuple[RenderJob, View]]) -> RenderedShard:
    """A step for all, then the next: code and data of one step stay near the processor."""
    pages, rows, staged, issues = list[tuple[RenderJob, bytes]](), [], [], []
    for job, view in record_places(jobs, lambda found: found[0].page.url):
        try:
            text = renderer.render(job.template, view)
            pages.append((job, (minified(text) if shop.minifies and job.file.endswith(".html") else text).encode()))
        except TemplateError as error:
            issues.append(_with_page(error.issue, job))
        except FileNotFoundError as error:
            name = Path(str(error.filename)).name
            message = f"{name} went away while {job.page.url} was drawn"
            issues.append(issue("page-unreadable", Place("content"), message, "build again"))
    for job, data in pages:
        row, fresh = stage_file(shop.stage, job, data)
        rows.append(row)
        staged += [job.file] if fresh else []
    return RenderedShard(rows=tuple(rows), staged=tuple(staged), issues=tuple(issues))


def _body_html(content: str, path: str) -> str:
    return html_of(body_of(load_bytes(f"{content}/{path}")))


@lru_cache(1)
def _renderer(shop: RenderSettings) -> Renderer:
    return Renderer(shop.theme, shop.assets, shop.site, partial(_body_html, shop.content), shop.compiled_folder)


def _with_page(found: Issue, job: RenderJob) -> Issue:
    """A template's issue, with the first page on which it shows."""
    return msgspec.structs.replace(found, message=f"{found.message} (at {job.page.url})")
