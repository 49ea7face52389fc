"""The stories that an entry might belong to: those with the words asked for, or whose headlines are like its own."""

from datetime import timedelta

from msgspec import Struct

from digest.preview.desk.entry_files import Whole
from digest.preview.desk.entry_index import Line, Shelf
from digest.stories import same
from digest.wire import normalised

_MOST = 8
_LEAST = 0.2
_MOST_COMPARED = 1500


class Near(Struct, frozen=True, kw_only=True):
    """A story by its slug and its newest headline; how many entries it has; how like the entry it is, 0–1."""

    story: str
    title: str
    count: int
    score: float


def near_stories(shelf: Shelf, whole: Whole, words: str = "") -> tuple[Near, ...]:
    """At most eight stories, the likeliest first; without words, of the entry's own two weeks around it."""
    own, title, day = whole.entry.root.story, whole.face.item.title, whole.entry.root.day
    far = timedelta(days=shelf.config.imports.story_days)
    faces = (shelf.face(root) for root in shelf.families)
    lines = [line for line in faces if line and line.story != own]
    if words.strip():
        wanted = normalised(words).split()
        lines = [line for line in lines if all(word in f"{normalised(line.title)} {line.story}" for word in wanted)]
    else:
        lines = [line for line in lines if abs(line.day - day) <= far and same(line.title, title)[0] >= _LEAST]
    lines = sorted(lines, key=lambda line: line.order)[-_MOST_COMPARED:]
    return _best(lines, title)


def _best(lines: list[Line], title: str) -> tuple[Near, ...]:
    found: dict[str, Near] = {}
    for line in lines:
        score, _ = same(line.title, title)
        known = found.get(line.story)
        count = known.count + 1 if known else 1
        best = max(score, known.score) if known else score
        found[line.story] = Near(story=line.story, title=line.title, count=count, score=best)
    return tuple(sorted(found.values(), key=lambda near: (-near.score, near.story))[:_MOST])
