"""What the tests of threading share: known items, and a stream that is threaded line by line."""

from collections.abc import Iterable
from datetime import date

from msgspec import structs

from digest.model import KnownItem, Relation, Thread
from digest.stories import Threader

DAY = "2026-03-02"


def known(title: str, day: str = DAY, name: str = "a", seen: str = "", story: str = "", root: str = "") -> KnownItem:
    """An item called `name`, its own root and story where none is given."""
    return KnownItem(
        id=name,
        title=title,
        day=date.fromisoformat(day),
        seen=seen or day,
        story=story or f"story-{name}",
        root=root or name,
    )


def threaded(lines: Iterable[tuple[str, str]], index: Threader | None = None) -> list[Thread]:
    """The threads of `(day or moment, title)`, oldest first, each made known before the next is threaded."""
    index = index or Threader()
    threads = []
    for n, (seen, title) in enumerate(lines):
        new = known(title, seen[:10], f"n{n:05}", seen)
        threads.append(thread_into(index, new))
    return threads


def thread_into(index: Threader, new: KnownItem) -> Thread:
    """Thread one item and make it known, as an import does."""
    thread = index.thread(structs.replace(new, story="", root=""))
    root = thread.entry_id if thread.relation is Relation.VERSION else new.id
    index.add(structs.replace(new, story=thread.story, root=root))
    return thread
