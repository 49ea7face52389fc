"""Stories that an entry may belong to: those that match a search, or whose headlines are similar to the entry's."""

from datetime import timedelta

from msgspec import Struct

from digest.preview.desk.entry_files import EntryFiles
from digest.preview.desk.entry_index import EntryIndex, IndexedItem
from digest.stories import headline_similarity
from digest.wire import normalise_headline

_MAX_CANDIDATES = 8
_MIN_SIMILARITY = 0.2
_MAX_COMPARED = 1500


class StoryCandidate(Struct, frozen=True, kw_only=True):
    """A story: its slug, newest headline, number of entries, and similarity to the entry (0–1)."""

    story: str
    title: str
    entry_count: int
    score: float


def candidates_for(index: EntryIndex, entry: EntryFiles, words: str = "") -> tuple[StoryCandidate, ...]:
    """Return at most eight stories, most similar first.

    With `words`, search the headlines of all stories; without, take similar headlines of the story window
    (`[import] story_days`) around the entry's day.
    """
    own_story, title, day = entry.entry.root.story, entry.latest.item.title, entry.entry.root.day
    window = timedelta(days=index.config.imports.story_days)
    latest = (index.latest(entry_id) for entry_id in index.entry_paths)
    items = [item for item in latest if item and item.story != own_story]
    if words.strip():
        wanted = normalise_headline(words).split()
        items = [
            item for item in items if all(word in f"{normalise_headline(item.title)} {item.story}" for word in wanted)
        ]
    else:
        items = [
            item
            for item in items
            if abs(item.day - day) <= window and headline_similarity(item.title, title)[0] >= _MIN_SIMILARITY
        ]
    items = sorted(items, key=lambda item: item.order)[-_MAX_COMPARED:]
    return _best_stories(items, title)


def _best_stories(items: list[IndexedItem], title: str) -> tuple[StoryCandidate, ...]:
    by_story: dict[str, StoryCandidate] = {}
    for item in items:
        score, _ = headline_similarity(item.title, title)
        known = by_story.get(item.story)
        by_story[item.story] = StoryCandidate(
            story=item.story,
            title=item.title,
            entry_count=known.entry_count + 1 if known else 1,
            score=max(score, known.score) if known else score,
        )
    return tuple(sorted(by_story.values(), key=lambda one: (-one.score, one.story))[:_MAX_CANDIDATES])
