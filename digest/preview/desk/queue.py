"""What waits for an editor: labels that are not sure, near-merges, issues, what the wire would change.

The order is stable: a task's key sorts it, and `next` is the first behind a key, whether that is still there or not.
What an editor has let stand is remembered in `.digest/desk-seen.jsonl`; deleting that costs a second look.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.content.seals import seal_of
from digest.content.store.scan import CONTENT_FOLDER
from digest.ingest import find_conflicts
from digest.issues import Issue, Severity, with_severities
from digest.model import Item, Known, Labels, Relation, Status
from digest.preview.desk.entry_index import EntryIndex
from digest.stories import Index

SEEN_FILE = ".digest/desk-seen.jsonl"
KINDS = ("labels", "merge", "issue", "wire")
SURE_CONFIDENCE = 0.75
"""Labels that are right less often than this are asked about."""
WINDOW_DAYS = 14
_MOST = 4000
_MOST_THREADED = 600
_LEAST_LIKE = 0.3


class Task(Struct, frozen=True, kw_only=True):
    """Something to look at: of which entry, what about it, and what else is concerned."""

    key: str
    kind: str
    entry: str
    title: str
    about: str
    other: str = ""
    other_title: str = ""
    score: float = 0.0
    place: str = ""


class TaskQueue:
    """The tasks of a site. What was worked out of an item is kept until that changes."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._seen = _seen(site / SEEN_FILE)
        self._opinions: dict[str, tuple[str, Labels]] = {}
        self._made: tuple[object, tuple[Task, ...]] | None = None

    def tasks(self, index: EntryIndex) -> tuple[Task, ...]:
        """All that waits, in order."""
        stamp = (index.version, index.config)
        if self._made is None or self._made[0] != stamp:
            items = _recent(index)
            made = (
                *self._labels(index, items),
                *_merges(index, items),
                *_issues(index),
                *_wire(index, items),
            )
            self._made = (stamp, tuple(sorted(made, key=lambda task: task.key)))
        return tuple(task for task in self._made[1] if _mark(task) not in self._seen)

    def dismiss(self, index: EntryIndex, key: str) -> bool:
        """Remember that an editor has looked at a task; whether there was such a one."""
        task = next((task for task in self.tasks(index) if task.key == key), None)
        if task is None:
            return False
        self._seen.add(_mark(task))
        path = self._site / SEEN_FILE
        path.parent.mkdir(exist_ok=True)
        with path.open("ab") as file:
            file.write(msgspec.json.encode(_mark(task)) + b"\n")
        return True

    def _labels(self, shelf: EntryIndex, items: Sequence[Item]) -> Iterator[Task]:
        labeller = shelf.labeller
        for item in items:
            if not has_imported_labels(item) or item.status is Status.KILLED or not _is_face(shelf, item):
                continue
            known = self._opinions.get(item.path)
            mark = f"{labeller.version} {seal_of(item.title)} {seal_of(item.summary)} {item.body}"
            if known is None or known[0] != mark:
                known = (mark, labeller.label(item.title, item.summary, _body(shelf, item)))
                self._opinions[item.path] = known
            says = known[1]
            if says.confidence < SURE_CONFIDENCE:
                region = shelf.config.regions[item.regions[0]].name
                category = shelf.config.categories[item.categories[0]].name
                about = f"{region} {says.region_confidence:.0%}, {category} {says.category_confidence:.0%}"
                key = f"0 {says.confidence:.3f} {item.path}"
                yield _task(shelf, key, "labels", item.path, about, score=says.confidence)


def has_imported_labels(item: Item) -> bool:
    """Whether its labels are those that import, or nobody, wrote."""
    if item.origin is None:
        return False
    labels = (("regions", item.regions), ("categories", item.categories))
    return all(item.origin.seals.get(field) == seal_of(slugs) for field, slugs in labels)


def _recent(shelf: EntryIndex) -> list[Item]:
    """The items of the last days, newest last."""
    newest = max((line.day for line in shelf.items_by_path.values()), default=None)
    if newest is None:
        return []
    since = newest - timedelta(days=WINDOW_DAYS)
    lines = sorted((line for line in shelf.items_by_path.values() if line.day >= since), key=lambda line: line.order)
    return list(shelf.load_items(line.path for line in lines[-_MOST:]))


def _merges(shelf: EntryIndex, items: Sequence[Item]) -> Iterator[Task]:
    """Entries that stand alone in their story though another one is nearly of it."""
    imports = shelf.config.imports
    index = Index(imports.story_days, imports.version_hours)
    names = {item.id: item for item in items}
    for number, item in enumerate(items):
        known = known_of(item)
        if number >= len(items) - _MOST_THREADED and not item.version_of:
            yield from _near(shelf, index, names, item, known)
        index.add(known)


def _near(shelf: EntryIndex, index: Index, names: dict[str, Item], item: Item, known: Known) -> Iterator[Task]:
    thread = index.thread(known)
    second = next((w for w in thread.evidence if w.table == "second"), None)
    of = names.get(thread.of)
    if thread.relation is not Relation.NEW and of and of.story != item.story:
        yield _merge(shelf, item, of, thread.score)
    elif thread.relation is Relation.NEW and second and second.weight >= _LEAST_LIKE:
        other = next((o for o in names.values() if o.story == second.label and o.id != item.id), None)
        if other and other.story != item.story:
            yield _merge(shelf, item, other, second.weight)


def _merge(shelf: EntryIndex, item: Item, other: Item, score: float) -> Task:
    key = f"1 {1 - score:.3f} {item.path}"
    name = shelf.entry_at(other.path)
    about = f"may belong to the story {other.story}"
    task = _task(shelf, key, "merge", item.path, about, score=score)
    return msgspec.structs.replace(task, other=name, other_title=other.title)


def known_of(item: Item) -> Known:
    """What threading must know of an item."""
    seen = item.origin.seen if item.origin else item.day.isoformat()
    root = item.version_of or item.id
    return Known(id=item.id, title=item.title, day=item.day, seen=seen, story=item.story, root=root)


def _issues(shelf: EntryIndex) -> Iterator[Task]:
    for one in with_severities(shelf.issues(), shelf.config.issues):
        if one.severity is not Severity.NOTE:
            yield _of_issue(shelf, "2", "issue", one)


def _wire(shelf: EntryIndex, items: Sequence[Item]) -> Iterator[Task]:
    said_again = [item.path for item in items if item.origin and item.origin.also]
    for one in find_conflicts(shelf.site, said_again):
        yield _of_issue(shelf, "3", "wire", one)


def _of_issue(shelf: EntryIndex, rank: str, kind: str, one: Issue) -> Task:
    path = one.place.file.removeprefix(f"{CONTENT_FOLDER}/")
    mends = kind == "issue" and one.hint  # what the hint says of the wire, the desk has a button for
    severity = "" if kind == "wire" else f"{one.severity}: "
    key = f"{rank} {one.severity} {path} {one.place.line:06} {one.code} {seal_of(one.message)}"
    about = f"{severity}{one.message}" + (f" ({one.hint})" if mends else "")
    return msgspec.structs.replace(_task(shelf, key, kind, path, about), place=str(one.place))


def _task(shelf: EntryIndex, key: str, kind: str, path: str, about: str, score: float = 0.0) -> Task:
    line, root = shelf.items_by_path.get(path), shelf.entry_at(path)
    title = line.title if line else path
    return Task(key=key, kind=kind, entry=root, title=title, about=about, score=round(score, 3))


def _is_face(shelf: EntryIndex, item: Item) -> bool:
    face = shelf.latest(shelf.entry_at(item.path))
    return face is not None and face.path == item.path


def _body(shelf: EntryIndex, item: Item) -> str:
    try:
        return shelf.archive.read_body(item.path) if item.body else ""
    except OSError:  # it went away since the build
        return ""


def _mark(task: Task) -> str:
    """What is remembered of a task: another text, and it is asked again."""
    return f"{task.kind} {task.entry} {seal_of((task.title, task.about, task.other))}"


def _seen(path: Path) -> set[str]:
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return set()
    decode: Callable[[bytes], str] = msgspec.json.Decoder(str).decode
    seen = set()
    for line in lines:
        try:
            seen.add(decode(line))
        except msgspec.DecodeError:  # half a line of a run that died
            continue
    return seen
