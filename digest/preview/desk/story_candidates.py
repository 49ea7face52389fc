"""The stories that an entry might belong to: those with the words asked for, or whose headlines are like its own."""

from datetime import timedelta

from msgspec import Struct

from digest.preview.desk.entry_files import EntryFiles
from digest.preview.desk.entry_index import EntryIndex, IndexedItem
from digest.stories import same
from digest.wire import normalise_headline

_MOST = 8
_LEAST = 0.2
_MOST_COMPARED = 1500


class StoryCandidate(Struct, frozen=True, kw_only=True):
    """A story by its slug and its newest headline; how many entries it has; how like the entry it is, 0–1."""

    story: str
    title: str
    count: int
    score: float


def candidates_for(index: EntryIndex, entry: EntryFiles, words: str = "") -> tuple[StoryCandidate, ...]:
    """At most eight stories, the likeliest first; without words, of the entry's own two weeks around it."""
    own, title, day = entry.entry.root.story, entry.latest.item.title, entry.entry.root.day
    far = timedelta(days=index.config.imports.story_days)
    faces = (index.latest(root) for root in index.entry_paths)
    lines = [line for line in faces if line and line.story != own]
    if words.strip():
        wanted = normalise_headline(words).split()
        lines = [
            line for line in lines if all(word in f"{normalise_headline(line.title)} {line.story}" for word in wanted)
        ]
    else:
        lines = [line for line in lines if abs(line.day - day) <= far and same(line.title, title)[0] >= _LEAST]
    lines = sorted(lines, key=lambda line: line.order)[-_MOST_COMPARED:]
    return _best(lines, title)


def _best(lines: list[IndexedItem], title: str) -> tuple[StoryCandidate, ...]:
    found: dict[str, StoryCandidate] = {}
    for line in lines:
        score, _ = same(line.title, title)
        known = found.get(line.story)
        count = known.count + 1 if known else 1
        best = max(score, known.score) if known else score
        found[line.story] = StoryCandidate(story=line.story, title=line.title, count=count, score=best)
    return tuple(sorted(found.values(), key=lambda near: (-near.score, near.story))[:_MOST])
