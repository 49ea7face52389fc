"""Threading: versions, follow-ups, new stories."""

import time

import pytest

from digest.model import Relation
from digest.stories import Threader, story_slug_of

from .newsdesk import DAY, known, thread_into, threaded

NEXT = "2026-03-03"
VERSION, FOLLOW_UP, NEW = Relation.VERSION, Relation.FOLLOW_UP, Relation.NEW

PAIRS = [
    # the sentence again, changed
    ("Dockers in Antwerp to begin three-day walkout", "Dockers in Antwerp begin three-day walkout", VERSION),
    ("Ferry sinks off Samoa, 6 dead", "Ferry sinks off Samoa, 9 dead", VERSION),
    ("Envoy Okonjo to quit over ferry contract", "Envoy Okonjo quits over ferry contract", VERSION),
    # one event, gone on or turned round
    ("Rovers beat Albion in cup semi-final", "Albion beat Rovers in cup semi-final", FOLLOW_UP),
    ("Harbour talks on in Doha, mediators say", "Harbour talks off in Doha, mediators say", FOLLOW_UP),
    ("Court convicts banker Oduya of fraud", "Court acquits banker Oduya of fraud", FOLLOW_UP),
    ("Senate passes farm subsidy bill", "Senate does not pass farm subsidy bill", FOLLOW_UP),
    ("Keita wins gold in 100m at Lagos games", "Keita wins gold in 200m at Lagos games", FOLLOW_UP),
    ("Ferry sinks off Samoa, 6 dead", "Ferry sinks off Samoa, 90 dead", FOLLOW_UP),
    ("Landslide in Peru kills nine", "Peru landslide: rescuers reach buried village", FOLLOW_UP),
    ("Envoy Okonjo quits over ferry contract", "Okonjo's ferry contract goes to Samoan court", FOLLOW_UP),
    # another event
    ("Strong quake hits northern Chile", "Strong quake hits northern Peru", NEW),
    ("Bus crash in Bolivia kills 12", "Bus crash in Ecuador kills 12", NEW),
    ("Lions beat Tigers 2-0 in league opener", "Bears beat Wolves 1-0 in league opener", NEW),
    ("Dockers in Antwerp begin strike", "Dockers in Rotterdam begin strike", NEW),
    ("Museum opens wing for Roman glass", "Museum of toys to close in autumn", NEW),
]


@pytest.mark.parametrize(("first", "second", "relation"), PAIRS)
def test_relation_of_a_second_headline(first: str, second: str, relation: Relation) -> None:
    one, other = threaded([(DAY, first), (DAY, second)])
    assert other.relation is relation
    assert (other.story == one.story) is (relation is not NEW)
    assert other.entry_id == ("" if relation is NEW else "n00000")


@pytest.mark.parametrize("title", ["Asian shares close lower", "Stocks in retreat as traders await jobs data"])
def test_daily_reports_of_two_days_are_not_one_story(title: str) -> None:
    other = "Stocks in retreat as traders weigh rates" if title.startswith("Stocks") else "Asian shares end lower"
    assert threaded([(DAY, other), (NEXT, title)])[1].relation is NEW


@pytest.mark.parametrize(
    "titles",
    [
        (
            "Mayor of Huaraz opens library",
            "Glacier above Huaraz shrinks by a third",
            "Bus crash near Huaraz kills four",
        ),
        (
            "Farmers in Tororo protest seed prices",
            "Tororo hospital gets new wing",
            "Footballer from Tororo signs for club",
        ),
        ("Weaver in Oaxaca restores old loom", "Oaxaca teachers end strike", "Film festival opens in Oaxaca"),
    ],
)
def test_shared_rare_place_alone_is_no_story(titles: tuple[str, ...]) -> None:
    threads = threaded([(DAY, title) for title in titles])
    assert [thread.relation for thread in threads] == [NEW, NEW, NEW]
    assert len({thread.story for thread in threads}) == 3


def test_shared_rare_place_and_event_word_are_a_story() -> None:
    lines = [(DAY, "Landslide above Huaraz buries a road"), (NEXT, "Huaraz landslide: rescuers dig through the night")]
    assert threaded(lines)[1].relation is FOLLOW_UP


def test_first_item_starts_a_story() -> None:
    thread = Threader().thread(known("Envoy Okonjo quits over ferry contract"))
    assert thread.relation is NEW
    assert thread.story == story_slug_of("Envoy Okonjo quits over ferry contract")
    assert thread.entry_id == ""
    assert thread.evidence == ()


def test_thread_does_not_add_the_item() -> None:
    index = Threader()
    new = known("Envoy Okonjo quits over ferry contract")
    assert index.thread(new) == index.thread(new)


def test_version_refers_to_the_root() -> None:
    threads = threaded(
        [
            (DAY, "Dockers in Antwerp to begin three-day walkout"),
            (DAY, "Dockers in Antwerp begin three-day walkout"),
            (DAY, "Dockers in Antwerp begin three-day walkout over pay"),
        ]
    )
    assert [t.relation for t in threads] == [NEW, VERSION, VERSION]
    assert [t.entry_id for t in threads] == ["", "n00000", "n00000"]


def test_follow_up_of_a_version_refers_to_the_root() -> None:
    threads = threaded(
        [
            (DAY, "Ferry Moana sinks off Samoa, 6 dead"),
            (DAY, "Ferry Moana sinks off Samoa, 9 dead"),
            (NEXT, "Samoa holds captain of ferry Moana"),
        ]
    )
    assert threads[2].relation is FOLLOW_UP
    assert threads[2].entry_id == "n00000"


def test_version_never_contradicts_an_earlier_version() -> None:
    """The first headline comes back, but the entry has said the opposite since."""
    index = Threader()
    index.add(known("Harbour talks on in Doha, mediators say", name="a", story="s"))
    index.add(known("Harbour talks off in Doha, mediators say", name="b", story="s", root="a"))
    assert index.thread(known("Harbour talks on in Doha, the mediators say", name="c")).relation is FOLLOW_UP


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("2026-03-02T08:00:00+00:00", "2026-03-03T20:00:00+00:00", VERSION),
        ("2026-03-02T08:00:00+00:00", "2026-03-03T20:00:01+00:00", FOLLOW_UP),
        ("2026-03-02", "2026-03-03", VERSION),
        ("2026-03-02", "2026-03-04", FOLLOW_UP),
    ],
)
def test_version_is_within_36_hours(first: str, second: str, relation: Relation) -> None:
    lines = [
        (first, "Dockers in Antwerp to begin three-day walkout"),
        (second, "Dockers in Antwerp begin three-day walkout"),
    ]
    assert threaded(lines)[1].relation is relation


def test_hours_count_from_the_first_item() -> None:
    titles = [f"Dockers in Antwerp {word} three-day walkout" for word in ("to begin", "begin", "now begin")]
    days = ["2026-03-02", "2026-03-03", "2026-03-04"]
    assert [t.relation for t in threaded(zip(days, titles, strict=True))] == [NEW, VERSION, FOLLOW_UP]


def test_version_hours_can_be_set() -> None:
    lines = [
        (DAY, "Dockers in Antwerp to begin three-day walkout"),
        (NEXT, "Dockers in Antwerp begin three-day walkout"),
    ]
    assert threaded(lines, Threader(version_hours=12))[1].relation is FOLLOW_UP


def test_window_can_be_set() -> None:
    lines = [("2026-03-02", "Landslide in Peru kills nine"), ("2026-03-12", "Landslide in Peru kills nine more")]
    assert threaded(lines, Threader(window_days=6))[1].relation is NEW
    assert threaded(lines)[1].relation is FOLLOW_UP


def test_older_item_joins_a_newer_story() -> None:
    lines = [
        (NEXT, "Peru landslide: rescuers dig for survivors in village"),
        (DAY, "Landslide buries village in Peru"),
    ]
    assert threaded(lines)[1].relation is FOLLOW_UP


def test_evidence_has_reasons_and_runner_up() -> None:
    threads = threaded(
        [
            (DAY, "Ferry Moana sinks off Samoan reef"),
            (DAY, "Captain of Samoan rugby team honoured"),
            (NEXT, "Captain of sunken ferry Moana held in Samoa"),
        ]
    )
    evidence = threads[2].evidence
    assert {"moana", "Samoa"} <= {w.words for w in evidence}
    assert {w.label for w in evidence if w.table != "second"} == {threads[0].story}
    assert [(w.words, w.label) for w in evidence if w.table == "second"] == [
        ("Captain of Samoan rugby team honoured", threads[1].story)
    ]


def test_new_story_has_the_nearest_candidate_as_evidence() -> None:
    threads = threaded([(DAY, "Museum opens wing for Roman glass"), (DAY, "Museum guards walk out over wages")])
    assert threads[1].relation is NEW
    assert threads[1].evidence[0].table == "second"
    assert threads[1].score == threads[1].evidence[0].weight


def test_dense_stream_needs_stronger_evidence() -> None:
    """What ties two items among few may be chance among many."""
    first, second = "Okonjo wants harbour rules changed", "Harbour chief to meet Okonjo"
    quiet = threaded([(DAY, first), (DAY, second)])[1]
    noise = [(DAY, f"Village {n} plants {n} walnut trees by road {n}") for n in range(200)]
    busy = threaded([*noise, (DAY, first), (DAY, second)])[-1]
    assert quiet.relation is FOLLOW_UP
    assert busy.relation is NEW
    assert busy.score < quiet.score


def test_story_slugs_are_unique() -> None:
    title = "Strong quake hits coast"
    index = Threader(taken_slugs=[story_slug_of(title)])
    first = thread_into(index, known(title, "2026-03-02", "a"))
    second = thread_into(index, known(title, "2026-04-02", "b"))
    assert first.story == f"{story_slug_of(title)}-2"
    assert second.story == f"{story_slug_of(title)}-3"


def test_existing_stories_are_never_merged() -> None:
    """An item near to two stories joins one; both go on."""
    index = Threader()
    index.add(known("Ferry Moana sinks off Samoan reef", name="a", story="one"))
    index.add(known("Ferry Moana: captain of sunken ship held", name="b", story="two"))
    thread = thread_into(index, known("Ferry Moana: captain of sunken ship freed off Samoan reef", name="c"))
    assert thread.story in {"one", "two"}
    assert index.thread(known("Ferry Moana sinks off the Samoan reef", name="d")).story == "one"


def test_item_with_known_id_is_ignored() -> None:
    index = Threader()
    index.add(known("Ferry Moana sinks off Samoan reef", name="a", story="one"))
    index.add(known("Museum opens wing for Roman glass", name="a", story="two"))
    assert index.thread(known("Museum opens wing for glass", name="b")).relation is NEW


@pytest.mark.parametrize("title", ["", " ", "-", "the of to", "\0", "9", "x" * 5_000])
def test_headline_without_terms_starts_a_story(title: str) -> None:
    threads = threaded([(DAY, title), (DAY, "Museum opens wing for Roman glass")])
    assert [t.relation for t in threads] == [NEW, NEW]
    assert all(t.story for t in threads)


@pytest.mark.parametrize("title", ["Ferry Moana sinks off Samoan reef", "Ferry {n} sinks off Samoan reef, {n} dead"])
def test_cost_per_item_is_constant_for_equal_headlines(title: str) -> None:
    """The last five hundred of two thousand take no more than a few times what the first took."""
    index = Threader()
    took = []
    for batch in range(4):
        start = time.process_time()
        for n in range(500 * batch, 500 * batch + 500):
            thread_into(index, known(title.format(n=n), name=f"n{n:05}"))
        took.append(time.process_time() - start)
    assert took[-1] < 4 * took[0] + 0.5
