"""All pages of a build, drawn into the stage on as many processes as are worth it."""

import shutil
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec import Struct

from digest.build.executors import executor_for, in_shards, spread
from digest.build.plan import Job
from digest.build.request import BuildRequest
from digest.build.setting import Setting
from digest.build.stage import Stage
from digest.build.state import State
from digest.issues import Issue

_MANY_ISSUES = 20


class Drawing(Struct, frozen=True, kw_only=True):
    """How many pages were drawn, which files are new in the stage, and what went wrong."""

    rendered: int
    staged: list[str]
    issues: list[Issue]


def draw_all(
    request: BuildRequest,
    state: State,
    setting: Setting,
    stage: Stage,
    jobs: Iterable[Job],
    tell: Callable[[int], None],
) -> Drawing:
    """Draw what `jobs` yields, while it yields; the state learns of each page, `tell` of how many there are by now."""
    shards = in_shards(jobs)
    first = next(shards, None)
    if first is None:
        return Drawing(rendered=0, staged=[], issues=[])
    from digest.build.render import Shop, draw  # noqa: PLC0415 - with it come Jinja and Babel, and many builds draw nothing

    shop = Shop(
        key="\n".join((stage.folder, stage.output, str(request.site), setting.theme_mark)),
        theme=setting.theme,
        assets=setting.assets.without_files,
        site=setting.context.site,
        content=request.site / "content",
        stage=stage,
        compiled=_compiled(request, setting),
    )
    rendered, staged, issues = 0, list[str](), list[Issue]()
    with executor_for(request.jobs) as executor:
        for drawn in spread(executor, partial(draw, shop), chain([first], shards), ahead=4 * request.jobs):
            state.put_pages(drawn.rows)
            rendered += len(drawn.rows)
            staged += drawn.staged
            issues += drawn.issues
            tell(rendered)
            if len(issues) >= _MANY_ISSUES:
                break
    return Drawing(rendered=rendered, staged=staged, issues=issues)


def _compiled(request: BuildRequest, setting: Setting) -> Path:
    """Where compiled templates are kept. Jinja works out constants such as `"/x/" | url`; each frame has its own."""
    folder = request.folder / f"templates-{request.audience}" / setting.theme_mark
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder
