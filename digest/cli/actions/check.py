"""All checks of `digest check`.

A separate build of the site, its output, its pages, and open conflicts with the wire.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from digest.builder import BuildRequest, available_cpus, build
from digest.check import CheckInput, check_site
from digest.cli.actions.adopt import adopted
from digest.cli.actions.load_archive import library
from digest.cli.process.clock import now_of
from digest.cli.sites import OUTPUT, STATE, Site
from digest.cli.terminal.progress import Told
from digest.content.store.archive import Archive
from digest.ingest import find_conflicts
from digest.issues import Issue
from digest.model import Item
from digest.site.entries import group_versions
from digest.site.urls import file_of, item_path

_FOLDER = "check"


def completed(site: Site) -> tuple[str, ...]:
    """Complete hand-made pages. Pages that import wrote are complete already."""
    with library(site, _apart(site)) as archive:
        paths = [i.path for i in archive.items(row.path for row in archive.rows()) if i.origin is None]
    return adopted(site, paths, now_of(None, site.config.zone))[0]


def all_issues(site: Site, told: Told | None) -> Iterator[Issue]:
    """Yield all issues. The site is built under `.digest`, so the output does not change."""
    apart, jobs = _apart(site), available_cpus()
    output = apart / OUTPUT
    now = now_of(None, site.config.zone)
    report = build(BuildRequest(site=site.folder, output=output, now=now, jobs=jobs, cache=apart), told)
    yield from report.issues
    with library(site, apart) as archive:
        items = tuple(archive.items(row.path for row in archive.rows()))
        origins = _origins(archive, items)
    yield from find_conflicts(site.folder, (item.path for item in items if item.origin and item.origin.seals))
    if report.ok:
        yield from check_site(
            CheckInput(site=site.folder, config=site.config, output=output, items=items, content=origins, jobs=jobs)
        )


def _apart(site: Site) -> Path:
    return site.folder / STATE / _FOLDER


def _origins(archive: Archive, items: Sequence[Item]) -> dict[str, tuple[str, ...]]:
    """Return, for the output file of each item, the content files that it is made from."""
    files = {item.id: file_of(item_path(item)) for item in items}
    return {files[root]: paths for root, paths in group_versions(archive.rows()).paths_by_root.items() if root in files}
