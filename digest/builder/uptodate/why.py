"""Explanation of a rebuild: which input makes a page stale. Reads the state and writes nothing."""

from contextlib import closing
from datetime import datetime

from digest.builder.context import load_context
from digest.builder.pipeline import archive_of, plan_build
from digest.builder.request import BuildRequest
from digest.builder.state.database import State
from digest.builder.state.schema import TABLES
from digest.content.store.archive import SCHEMA as CONTENT
from digest.content.store.database import open_store
from digest.site.entries import entry_of, group_versions
from digest.site.visibility import visibility_of


def why(request: BuildRequest, url: str) -> tuple[str, ...]:
    """Return lines that name the causes for rebuilding the page at `url`; one line when it is up to date."""
    setting, issues = load_context(request)
    if setting is None:
        return tuple(str(i) for i in issues)
    with closing(open_store(request.folder.parent, CONTENT, TABLES)) as store:
        state = State(store, request.audience)
        archive = archive_of(request, store, setting)
        read = archive.refresh()
        state.begin()
        build_plan = plan_build(request, state, setting, archive, read)
        rows = state.entries()
        pages = {page.url: (page, reason) for page, reason in build_plan.pages.items()}
        row = state.page(url)
        drawn = {job.page.url for job in build_plan.plan.jobs(build_plan.pages, build_plan.damaged)}
        state.connection.execute("ROLLBACK")
    if url not in pages:
        return (f"{url}: up to date" if row else f"{url}: no such page",)
    _, reason = pages[url]
    group = reason.removeprefix("the group ").removesuffix(" changed")
    causes = [f"content/{rows[key].path}" for key in build_plan.affected.keys.get(group, ()) if key in rows]
    lines = [f"{url}: {reason}", *(f"  {cause} changed" for cause in sorted(causes))]
    return (
        *lines,
        "  the page will be rendered"
        if url in drawn
        else "  the content of the page does not change: it is not rendered",
    )


def next_change(request: BuildRequest) -> datetime | None:
    """Return the next time after `now` at which the output changes by itself; None when there is none."""
    setting, _ = load_context(request)
    if setting is None:
        return None
    with closing(open_store(request.folder.parent, CONTENT, TABLES)) as store:
        archive = archive_of(request, store, setting)
        archive.refresh()
        families = group_versions(archive.rows()).paths_by_root
        entries = (entry_of(root, archive.items(paths)) for root, paths in families.items())
        instants = (visibility_of(entry, request.now, setting.site_context).next_change for entry in entries)
        return min((instant for instant in instants if instant), default=None)
