"""Visibility of an entry at a given time (draft, embargo, expiry), and the time of its next change.

This is the only module of `site` that uses the current time.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from enum import StrEnum

import msgspec
from msgspec import Struct

from digest.model import Ai, Entry, Item, Kind, Status
from digest.site.context import Audience, Context

NEWS_WINDOW = timedelta(days=2)
"""Age limit of entries in the news sitemap (Google's rule for news sitemaps)."""


class Presence(StrEnum):
    """State of an entry: visible, withdrawn (a notice remains at its address), or absent."""

    VISIBLE = "seen"
    GONE = "gone"
    ABSENT = "absent"


class Visibility(Struct, frozen=True, kw_only=True):
    """The part of an entry that readers see at a given time, and the next time at which it changes by itself."""

    presence: Presence
    entry: Entry
    is_recent: bool = False
    badge: str = ""
    next_change: datetime | None = None


def moment_of(item: Item, context: Context) -> datetime:
    """Return the publication time of an item; an item without a time counts from the start of its day."""
    return item.at or datetime.combine(item.day, time.min, context.config.zone)


def visibility_of(entry: Entry, now: datetime, context: Context) -> Visibility:
    """Return the visibility of `entry` at `now`. Unpublished versions are left out."""
    times = [i for i in _change_times(entry, context) if i > now]
    next_change = min(times, default=None)
    public = context.audience is Audience.PUBLIC
    if public and not _has_begun(entry.root, now):
        return Visibility(presence=Presence.ABSENT, entry=entry, next_change=next_change)
    all_items = (entry.root, *(v for v in entry.versions if v.id != entry.root.id))
    if any(v.status is Status.KILLED for v in all_items):
        return Visibility(presence=Presence.GONE, entry=entry, next_change=next_change)
    if public and not _is_out(entry.root, now):
        return Visibility(presence=Presence.ABSENT, entry=entry, next_change=next_change)
    badge = "" if public else _badge(entry.latest, now)
    if public:
        entry = msgspec.structs.replace(entry, versions=tuple(v for v in entry.versions if _is_out(v, now)))
    if any(end <= now for item in (entry.root, *entry.versions) for end in _ends(item, context)):
        if context.config.site.expired == "gone":
            return Visibility(presence=Presence.GONE, entry=entry, next_change=next_change)
        entry = _headline_alone(entry)
    recent = now - moment_of(entry.root, context) < NEWS_WINDOW
    return Visibility(presence=Presence.VISIBLE, entry=entry, is_recent=recent, badge=badge, next_change=next_change)


def _headline_alone(entry: Entry) -> Entry:
    """Return the entry reduced to its newest headline, with the root's id and URL and no text."""
    bare = msgspec.structs.replace(
        entry.root,
        title=entry.latest.title,
        kind=Kind.BRIEF,
        summary="",
        standfirst="",
        words=0,
        body="",
        byline="",
        image=None,
        images=(),
    )
    return Entry(root=bare, versions=(bare,))


def _has_begun(item: Item, now: datetime) -> bool:
    return all(start <= now for start in (item.publish_at, item.embargo) if start)


def _is_out(item: Item, now: datetime) -> bool:
    return item.status is Status.PUBLISHED and _has_begun(item, now) and not _is_unreviewed(item)


def _is_unreviewed(item: Item) -> bool:
    """Return True for a generated text without `reviewed_by`."""
    return item.ai is Ai.GENERATED and not item.reviewed_by


def _badge(item: Item, now: datetime) -> str:
    if item.status is not Status.PUBLISHED:
        return str(item.status)
    if _is_unreviewed(item):
        return "unread"
    if item.embargo and item.embargo > now:
        return "embargo"
    return "scheduled" if item.publish_at and item.publish_at > now else ""


def _ends(item: Item, context: Context) -> Iterator[datetime]:
    """Yield the times at which an item expires: its `expires` field and the `days` of its sources."""
    if item.expires:
        yield item.expires
    for key in item.sources:
        source = context.config.sources.get(key)
        if source and source.days:
            yield moment_of(item, context) + timedelta(days=source.days)


def _change_times(entry: Entry, context: Context) -> Iterator[datetime]:
    yield moment_of(entry.root, context) + NEWS_WINDOW
    for item in (entry.root, *entry.versions):
        yield from _ends(item, context)
        yield from (i for i in (item.publish_at, item.embargo) if i)
