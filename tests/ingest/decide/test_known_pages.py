"""The index of the pages of the window."""

from collections.abc import Collection
from datetime import date

import msgspec

from digest.content.infer import slug_of
from digest.ingest.decide.known_pages import KnownPages, PageRecord, record_of, record_with_dump
from digest.model import Item, Kind, KnownItem, Origin, Relation
from digest.stories import Threader
from digest.wire import id_of, key_of

DAY = date(2026, 3, 10)
CRASH = "Bus crash near Cusco kills 5, injures 24"
WORSE = "Bus crash near Cusco kills 8, injures 21"


def _record(title: str, **more: object) -> PageRecord:
    key = key_of(title)
    known = PageRecord(
        id=id_of(key, DAY),
        path=f"2026/03/10/{slug_of(title)}.md",
        title=title,
        slug=slug_of(title),
        day=DAY,
        first_seen=DAY,
        seen="2026-03-10T06:00",
        order="2026-03-10",
        kind=Kind.BRIEF,
        story="crash",
        keys=(key,),
        dumps=("a.txt",),
    )
    return msgspec.structs.replace(known, **more)


def _known_pages(*records: PageRecord, taken: Collection[str] = ()) -> KnownPages:
    return KnownPages(records, Threader(14, 36), taken.__contains__)


def _new(title: str) -> KnownItem:
    return KnownItem(id="new", title=title, day=DAY, seen="2026-03-10T12:00", story="", root="new")


def test_record_of_an_imported_and_of_a_hand_made_page() -> None:
    origin = Origin(
        dump="a.txt",
        seen="2026-03-10T06:00",
        position=2,
        lines="3-4",
        key="k1 k2",
        also=("b.txt",),
        seals={"body": "x y"},
    )
    item = Item(
        path="x.md", id="n1", title="A", slug="a", day=date(2026, 3, 12), regions=(), categories=(), origin=origin
    )
    record = record_of(item)
    assert (record.first_seen, record.day) == (DAY, date(2026, 3, 12))
    assert (record.keys, record.dumps, record.body_seals) == (("k1", "k2"), ("a.txt", "b.txt"), "x y")
    own = record_of(msgspec.structs.replace(item, origin=None))
    assert (own.first_seen, own.seen, own.keys, own.dumps) == (date(2026, 3, 12), "2026-03-12", (), ())
    odd = record_of(msgspec.structs.replace(item, origin=msgspec.structs.replace(origin, seen="long ago")))
    assert odd.first_seen == date(2026, 3, 12)


def test_pages_are_found_by_each_headline_key() -> None:
    late = _record(CRASH, id="n2", first_seen=date(2026, 3, 12), keys=(key_of(CRASH), key_of(WORSE)))
    early = _record(CRASH)
    pages = _known_pages(late, early)
    assert [record.id for record in pages.with_key(key_of(CRASH))] == [early.id, "n2"]
    assert [record.id for record in pages.with_key(key_of(WORSE))] == ["n2"]
    assert pages.with_key("none") == []


def test_a_page_is_found_by_its_current_body() -> None:
    record = _record(CRASH, body_seals="one")
    pages = _known_pages(record)
    assert pages.with_body(key_of(CRASH), "one") == record
    changed = msgspec.structs.replace(record, body_seals="two")
    pages.replace(changed)
    assert pages.with_body(key_of(CRASH), "one") is None
    assert pages.with_body(key_of(CRASH), "two") == changed


def test_an_id_is_salted_if_a_page_has_it() -> None:
    key = key_of(CRASH)
    plain = id_of(key, DAY)
    assert _known_pages().free_id(key, DAY) == plain
    assert _known_pages(_record(CRASH)).free_id(key, DAY) == id_of(key, DAY, "2")
    assert _known_pages(taken={plain, id_of(key, DAY, "2")}).free_id(key, DAY) == id_of(key, DAY, "3")


def test_a_slug_is_numbered_if_a_page_or_file_of_the_day_has_it() -> None:
    pages = _known_pages(_record("Storm: Lima closes port"))
    assert pages.free_slug("Storm, Lima closes port", DAY, "n1", lambda _: False) == "storm-lima-closes-port-2"
    files = {"loom", "loom-2"}
    assert pages.free_slug("Loom", DAY, "n1", files.__contains__) == "loom-3"
    assert pages.free_slug("Loom", date(2026, 3, 11), "n1", lambda _: False) == "loom"
    assert pages.free_slug("!?", DAY, "n1", lambda _: False) == "n1"


def test_latest_version() -> None:
    root = _record(CRASH, id="n1")
    first = _record(WORSE, id="n2", version_of="n1", order="2026-03-10 b")
    pages = _known_pages(root, first)
    assert pages.latest_version("n1").id == pages.latest_version("n2").id == "n2"
    pages.add(_record(WORSE, id="n3", version_of="n1", order="2026-03-10 c"))
    assert pages.latest_version("n1").id == "n3"
    assert pages.root_id("n3") == "n1"


def test_cycles_and_dangling_references_in_version_of() -> None:
    one, two = _record("A", id="n1", version_of="n2"), _record("B", id="n2", version_of="n1")
    pages = _known_pages(one, two, _record("C", id="n3", version_of="gone"))
    assert pages.root_id("n1") in {"n1", "n2"}
    assert pages.root_id("n3") == "n3"
    assert pages.latest_version("n3").id == "n3"


def test_threading_sees_new_pages_at_once_and_changed_titles_after_the_dump() -> None:
    pages = _known_pages()
    assert pages.thread(_new(WORSE)).relation is Relation.NEW
    record = _record("Harbour of Maputo reopens")
    pages.add(record)
    pages.replace(msgspec.structs.replace(record, title=CRASH))
    assert pages.thread(_new(WORSE)).relation is Relation.NEW
    pages.begin_dump()
    thread = pages.thread(_new(WORSE))
    assert (thread.relation, thread.entry_id, thread.story) == (Relation.VERSION, record.id, "crash")


def test_a_sighting_adds_dump_and_source_to_the_record() -> None:
    record = record_with_dump(_record(CRASH, sources=("NW",)), "b.txt", ("NW", "MDL"))
    assert (record.dumps, record.sources) == (("a.txt", "b.txt"), ("NW", "MDL"))
    assert _known_pages(record).dump_names() == {"a.txt", "b.txt"}
