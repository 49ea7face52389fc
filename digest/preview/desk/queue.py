"""Task queue of the desk: uncertain labels, possible story merges, issues, and conflicts with the wire.

The order is stable. Tasks are sorted by key, and the next task is the first with a greater key, even if the current
one no longer exists. Dismissed tasks are stored in `.digest/desk-seen.jsonl`; without the file they appear again.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.content.seals import seal_of
from digest.content.store.scan import CONTENT_FOLDER
from digest.ingest import find_conflicts
from digest.issues import Issue, Severity, with_severities
from digest.model import Item, KnownItem, Labels, Relation, Status
from digest.preview.desk.entry_index import EntryIndex
from digest.stories import Threader

SEEN_FILE = ".digest/desk-seen.jsonl"
KINDS = ("labels", "merge", "issue", "wire")
SURE_CONFIDENCE = 0.75
"""Labels with a lower confidence become tasks."""
WINDOW_DAYS = 14
_MAX_ITEMS = 4000
_MAX_THREADED = 600
_MIN_STORY_SCORE = 0.3


class Task(Struct, frozen=True, kw_only=True):
    """A task: the entry, a description, and for a merge the other entry. `place` is `file:line:col` of an issue."""

    key: str
    kind: str
    entry: str
    title: str
    detail: str
    other_entry: str = ""
    other_title: str = ""
    score: float = 0.0
    place: str = ""


class TaskQueue:
    """Tasks of a site. Labels that the engine has predicted for an item are cached until its text changes."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._dismissed = _load_dismissed(site / SEEN_FILE)
        self._predictions: dict[str, tuple[str, Labels]] = {}
        self._cached: tuple[object, tuple[Task, ...]] | None = None

    def tasks(self, index: EntryIndex) -> tuple[Task, ...]:
        """Return all tasks that are not dismissed, in order."""
        cache_key = (index.version, index.config)
        if self._cached is None or self._cached[0] != cache_key:
            items = _recent_items(index)
            tasks = (
                *self._label_tasks(index, items),
                *_merge_tasks(index, items),
                *_issue_tasks(index),
                *_wire_tasks(index, items),
            )
            self._cached = (cache_key, tuple(sorted(tasks, key=lambda task: task.key)))
        return tuple(task for task in self._cached[1] if _task_id(task) not in self._dismissed)

    def dismiss(self, index: EntryIndex, key: str) -> bool:
        """Store that an editor has dismissed a task. Return false if there is no such task."""
        task = next((task for task in self.tasks(index) if task.key == key), None)
        if task is None:
            return False
        self._dismissed.add(_task_id(task))
        path = self._site / SEEN_FILE
        path.parent.mkdir(exist_ok=True)
        with path.open("ab") as file:
            file.write(msgspec.json.encode(_task_id(task)) + b"\n")
        return True

    def _label_tasks(self, index: EntryIndex, items: Sequence[Item]) -> Iterator[Task]:
        for item in items:
            if not has_imported_labels(item) or item.status is Status.KILLED or not _is_latest(index, item):
                continue
            labels = self._predict(index, item)
            if labels.confidence < SURE_CONFIDENCE:
                region = index.config.regions[item.regions[0]].name
                category = index.config.categories[item.categories[0]].name
                detail = f"{region} {labels.region_confidence:.0%}, {category} {labels.category_confidence:.0%}"
                key = f"0 {labels.confidence:.3f} {item.path}"
                yield _task(index, key, "labels", item.path, detail, score=labels.confidence)

    def _predict(self, index: EntryIndex, item: Item) -> Labels:
        labeller = index.labeller
        text_key = f"{labeller.version} {seal_of(item.title)} {seal_of(item.summary)} {item.body}"
        cached = self._predictions.get(item.path)
        if cached is None or cached[0] != text_key:
            cached = (text_key, labeller.label(item.title, item.summary, index.body_of(item)))
            self._predictions[item.path] = cached
        return cached[1]


def has_imported_labels(item: Item) -> bool:
    """Return true if import wrote the labels of an item and no editor has changed them (equal seals)."""
    if item.origin is None:
        return False
    labels = (("regions", item.regions), ("categories", item.categories))
    return all(item.origin.seals.get(field) == seal_of(slugs) for field, slugs in labels)


def _recent_items(index: EntryIndex) -> list[Item]:
    """Load the items of the last `WINDOW_DAYS` days, newest last."""
    recent = sorted(index.recent_items(WINDOW_DAYS), key=lambda item: item.order)
    return list(index.load_items(item.path for item in recent[-_MAX_ITEMS:]))


def _merge_tasks(index: EntryIndex, items: Sequence[Item]) -> Iterator[Task]:
    """Thread the items again and yield those that nearly belong to another story than their own."""
    imports = index.config.imports
    threader = Threader(imports.story_days, imports.version_hours)
    by_id = {item.id: item for item in items}
    for number, item in enumerate(items):
        known = known_of(item)
        if number >= len(items) - _MAX_THREADED and not item.version_of:
            yield from _possible_merges(index, threader, by_id, item, known)
        threader.add(known)


def _possible_merges(
    index: EntryIndex, threader: Threader, by_id: dict[str, Item], item: Item, known: KnownItem
) -> Iterator[Task]:
    thread = threader.thread(known)
    second = next((w for w in thread.evidence if w.table == "second"), None)
    matched = by_id.get(thread.entry_id)
    if thread.relation is not Relation.NEW and matched and matched.story != item.story:
        yield _merge_task(index, item, matched, thread.score)
    elif thread.relation is Relation.NEW and second and second.weight >= _MIN_STORY_SCORE:
        other = next((o for o in by_id.values() if o.story == second.label and o.id != item.id), None)
        if other and other.story != item.story:
            yield _merge_task(index, item, other, second.weight)


def _merge_task(index: EntryIndex, item: Item, other: Item, score: float) -> Task:
    key = f"1 {1 - score:.3f} {item.path}"
    detail = f"may belong to the story {other.story}"
    task = _task(index, key, "merge", item.path, detail, score=score)
    return msgspec.structs.replace(task, other_entry=index.entry_at(other.path), other_title=other.title)


def known_of(item: Item) -> KnownItem:
    """Return the fields of an item that threading needs."""
    seen = item.origin.seen if item.origin else item.day.isoformat()
    root = item.version_of or item.id
    return KnownItem(id=item.id, title=item.title, day=item.day, seen=seen, story=item.story, root=root)


def _issue_tasks(index: EntryIndex) -> Iterator[Task]:
    for one in with_severities(index.issues(), index.config.issues):
        if one.severity is not Severity.NOTE:
            yield _task_of_issue(index, "2", "issue", one)


def _wire_tasks(index: EntryIndex, items: Sequence[Item]) -> Iterator[Task]:
    repeated = [item.path for item in items if item.origin and item.origin.also]
    for one in find_conflicts(index.site, repeated):
        yield _task_of_issue(index, "3", "wire", one)


def _task_of_issue(index: EntryIndex, rank: str, kind: str, one: Issue) -> Task:
    path = one.place.file.removeprefix(f"{CONTENT_FOLDER}/")
    has_hint = kind == "issue" and one.hint  # a hint about the wire names a command, for which the desk has a button
    severity = "" if kind == "wire" else f"{one.severity}: "
    key = f"{rank} {one.severity} {path} {one.place.line:06} {one.code} {seal_of(one.message)}"
    detail = f"{severity}{one.message}" + (f" ({one.hint})" if has_hint else "")
    return msgspec.structs.replace(_task(index, key, kind, path, detail), place=str(one.place))


def _task(index: EntryIndex, key: str, kind: str, path: str, detail: str, score: float = 0.0) -> Task:
    item, entry_id = index.items_by_path.get(path), index.entry_at(path)
    title = item.title if item else path
    return Task(key=key, kind=kind, entry=entry_id, title=title, detail=detail, score=round(score, 3))


def _is_latest(index: EntryIndex, item: Item) -> bool:
    latest = index.latest(index.entry_at(item.path))
    return latest is not None and latest.path == item.path


def _task_id(task: Task) -> str:
    """Return the id under which a task is dismissed; it changes with the text of the task."""
    return f"{task.kind} {task.entry} {seal_of((task.title, task.detail, task.other_entry))}"


def _load_dismissed(path: Path) -> set[str]:
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return set()
    decode: Callable[[bytes], str] = msgspec.json.Decoder(str).decode
    dismissed = set()
    for line in lines:
        try:
            dismissed.add(decode(line))
        except msgspec.DecodeError:  # incomplete line of a process that died
            continue
    return dismissed
