"""Grouping of items into entries: a root item with its versions. Needs ids only, no page text."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from digest.issues import Issue, Place, issue
from digest.model import Entry, Item


class VersionLink(Protocol):
    """The fields of an item that `group_versions` reads."""

    @property
    def path(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def version_of(self) -> str: ...


class VersionGroups(NamedTuple):
    """Paths of the items of each entry by root id, the root's path first; and issues."""

    paths_by_root: dict[str, tuple[str, ...]]
    issues: tuple[Issue, ...]


def group_versions(links: Sequence[VersionLink]) -> VersionGroups:
    """Group items into entries. A version of a version belongs to the first root.

    A version of an unknown id, or a cycle of versions, becomes an entry of its own and gives an issue.
    """
    by_id = {link.id: link for link in links}
    families: dict[str, list[str]] = {}
    issues: list[Issue] = []
    late: list[tuple[str, str]] = []
    for link in links:
        if not link.version_of:
            families.setdefault(link.id, []).append(link.path)
            continue
        root, wrong = _root_of(link, by_id)
        issues.extend(wrong)
        late.append((root, link.path))
    for root, path in late:
        families.setdefault(root, []).append(path)
    return VersionGroups({root: tuple(paths) for root, paths in families.items()}, tuple(issues))


def _root_of(link: VersionLink, by_id: dict[str, VersionLink]) -> tuple[str, tuple[Issue, ...]]:
    seen, here = {link.id}, link
    while here.version_of:
        above = by_id.get(here.version_of)
        if above is None:
            hint = "write the id of a page, or remove the line"
            message = f"`version_of: {here.version_of}` names no page"
            return link.id, (issue("version-dangling", Place(f"content/{here.path}", 1, 1), message, hint),)
        if above.id in seen:
            ring = ", ".join(sorted(seen))
            hint = "remove `version_of` from the oldest of these pages"
            return link.id, (
                issue("version-cycle", Place(f"content/{link.path}", 1, 1), f"the versions form a cycle: {ring}", hint),
            )
        seen.add(above.id)
        here = above
    return here.id, ()


def entry_of(root_id: str, items: Iterable[Item]) -> Entry:
    """Build an entry from its items. `versions` is sorted from oldest to newest and includes the root."""
    versions = tuple(items)
    if len(versions) > 1:
        versions = tuple(sorted(versions, key=lambda i: (i.id != root_id, i.order)))
    return Entry(root=versions[0], versions=versions)
