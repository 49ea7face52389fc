"""Edit stories: merge two, split entries off, pin. Import never changes the story of an existing page."""

from collections.abc import Container, Sequence
from datetime import datetime
from pathlib import Path

from digest.content.store.archive import Archive
from digest.edit.change import apply_edits, edit_of
from digest.issues import Issue, issue
from digest.model import Item
from digest.stories import story_slug_of


def merge_stories(
    site: Path, archive: Archive, into: str, other: str, now: datetime | None = None
) -> tuple[Issue, ...]:
    """Move all entries of the story `other` to the story `into`. Both are slugs."""
    for story in (into, other):
        if not archive.by_story(story):
            hint = "name it by its slug, which is the last part of its page's address and `story` of its pages"
            return (issue("page-not-found", "", f"no page has the story `{story}`", hint),)
    return _move(site, archive.by_story(other), into, "story merge", now)


def split_story(site: Path, archive: Archive, items: Sequence[Item], now: datetime | None = None) -> tuple[Issue, ...]:
    """Move these entries with all their versions to a new story, named after the first of them."""
    slug = free_story_slug({row.story for row in archive.rows()}, items[0].title)
    return _move(site, _all_versions(archive, items), slug, "story split", now)


def free_story_slug(taken: Container[str], title: str) -> str:
    """Return an unused slug for a new story, made from a headline."""
    slug = plain = story_slug_of(title)
    number = 1
    while slug in taken:
        number += 1
        slug = f"{plain}-{number}"
    return slug


def pin_story(site: Path, items: Sequence[Item], now: datetime | None = None) -> tuple[Issue, ...]:
    """Write the current story of the entries into their pages, so that later inference does not change it."""
    edits = [edit_of(site, item.path, {"story": item.story}) for item in items]
    return apply_edits(site, edits, "story pin", now)


def _move(site: Path, items: Sequence[Item], story: str, action: str, now: datetime | None) -> tuple[Issue, ...]:
    return apply_edits(site, [edit_of(site, item.path, {"story": story}) for item in items], action, now)


def _all_versions(archive: Archive, items: Sequence[Item]) -> list[Item]:
    """Return all versions of the entries that the items belong to, without duplicates."""
    roots = {item.version_of or item.id for item in items}
    stories = {item.story for item in items}
    members = (member for story in sorted(stories) for member in archive.by_story(story))
    found = {m.path: m for m in members if (m.version_of or m.id) in roots}
    return list({**found, **{item.path: item for item in items}}.values())
