"""Laws of threading: order of filing, batches, hash seed and the way round do not matter; nothing raises."""

import os
import subprocess
import sys
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from digest.model import KnownItem, Relation, Thread
from digest.stories import Threader, headline_similarity, story_slug_of, tsv_of

WORDS = st.sampled_from(
    ["ferry", "Moana", "sinks", "reef", "Samoa", "Samoan", "off", "on", "talks", "Doha", "envoy", "Okonjo",
     "resigns", "quits", "6", "9", "dead", "Kenya", "Nairobi", "Peru", "quake", "hits", "strong", "again",
     "not", "Rovers", "beat", "Albion", "by", "2-1", "Monday", "Tuesday", "shares", "fall", "rise", "in",
     "Tokyo", "the", "of"]
)  # fmt: skip
TITLES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
ANY = st.one_of(TITLES, st.text(max_size=80))
START = date(2026, 3, 2)


@st.composite
def streams(draw: st.DrawFn) -> list[KnownItem]:
    """Items oldest first, over a few days."""
    gaps = draw(st.lists(st.tuples(st.integers(0, 2), TITLES), min_size=1, max_size=14))
    items, day = [], START
    for n, (gap, title) in enumerate(gaps):
        day += timedelta(days=gap)
        items.append(KnownItem(id=f"n{n:03}", title=title, day=day, seen=day.isoformat(), story="", root=""))
    return items


def settled(new: KnownItem, thread: Thread) -> KnownItem:
    """The item as the import makes it known."""
    root = thread.entry_id if thread.relation is Relation.VERSION else new.id
    return structs.replace(new, story=thread.story, root=root)


def run(items: list[KnownItem], index: Threader) -> list[KnownItem]:
    done = []
    for new in items:
        done.append(settled(new, index.thread(new)))
        index.add(done[-1])
    return done


@given(streams(), st.integers(0, 14))
def test_batches_do_not_matter(items: list[KnownItem], cut: int) -> None:
    """Read in two runs, the second knowing only what the first wrote down, a stream ends as if read in one."""
    whole = run(items, Threader())
    first = run(items[:cut], Threader())
    index = Threader()
    for known in first:
        index.add(known)
    assert first + run(items[cut:], index) == whole


@given(streams(), st.randoms(use_true_random=False), TITLES)
def test_the_order_of_filing_does_not_matter(items: list[KnownItem], chance: object, title: str) -> None:
    known = run(items, Threader())
    shuffled = known.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives its own Random
    new = KnownItem(id="z", title=title, day=items[-1].day, seen=items[-1].seen, story="", root="")
    threads = []
    for order in (known, shuffled):
        index = Threader()
        for item in order:
            index.add(item)
        threads.append(index.thread(new))
    assert threads[0] == threads[1]


@given(streams())
def test_a_thread_names_what_is_there(items: list[KnownItem]) -> None:
    """`of` is the root of an entry, in the story joined; a version is near in time; a new story has a new slug."""
    index, before = Threader(), dict[str, KnownItem]()
    for new in items:
        thread = index.thread(new)
        assert 0 <= thread.score <= 1
        if thread.relation is Relation.NEW:
            assert thread.entry_id == ""
            assert thread.story not in {k.story for k in before.values()}
        else:
            root = before[thread.entry_id]
            assert root.root == root.id
            assert root.story == thread.story
        if thread.relation is Relation.VERSION:
            assert (new.day - before[thread.entry_id].day).days <= 1
        before[new.id] = settled(new, thread)
        index.add(before[new.id])


@given(ANY, ANY)
def test_likeness_is_the_same_from_both_sides(a: str, b: str) -> None:
    assert headline_similarity(a, b)[0] == headline_similarity(b, a)[0]
    assert 0 <= headline_similarity(a, b)[0] <= 1


@given(ANY)
@settings(max_examples=200)
def test_no_text_makes_it_raise(text: str) -> None:
    assert story_slug_of(text)
    assert headline_similarity(text, text)[0] >= 0
    index = Threader()
    new = KnownItem(id="a", title=text, day=START, seen="", story="s", root="a")
    index.add(new)
    line = tsv_of(index.thread(structs.replace(new, id="b")))
    assert line.count("\t") == 2
    assert "\n" not in line


SCRIPT = """
from datetime import date
from digest.model import KnownItem
from digest.stories import Threader, headline_similarity, tsv_of
titles = ["Ferry Moana sinks off Samoa, 6 dead", "Samoan ferry Moana: nine killed", "Moana captain held"]
threader = Threader()
for n, title in enumerate(titles):
    new = KnownItem(id=str(n), title=title, day=date(2026, 3, 2), seen="2026-03-02", story="s", root=str(n))
    print(tsv_of(threader.thread(new)), headline_similarity(titles[0], title))
    threader.add(new)
"""


def test_the_hash_seed_does_not_matter() -> None:
    runs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Asia/Tokyo"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(runs) == 1
