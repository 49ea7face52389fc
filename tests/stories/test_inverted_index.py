"""The inverted index."""

from datetime import date

from digest.stories.inverted_index import MAX_CANDIDATES, MAX_POSTINGS, InvertedIndex, Posting
from digest.stories.text.features import features_of

DAY = date(2026, 3, 2).toordinal()


def filed(*titles: str, day: int = DAY) -> InvertedIndex:
    postings = InvertedIndex()
    for n, title in enumerate(titles):
        postings.add(features_of(title).terms, Posting(day, f"n{n:05}"))
    return postings


def test_item_that_shares_most_comes_first() -> None:
    postings = filed("Ferry sinks", "Ferry Moana sinks off reef", "Museum opens")
    assert postings.candidates(features_of("Ferry Moana on reef"), DAY, DAY) == ["n00001", "n00000"]


def test_items_without_shared_terms_are_excluded() -> None:
    assert filed("Museum opens").candidates(features_of("Ferry sinks"), DAY, DAY) == []
    assert filed().candidates(features_of("Ferry sinks"), DAY, DAY) == []
    assert filed("Museum opens").candidates(features_of(""), DAY, DAY) == []


def test_items_outside_the_days_are_excluded() -> None:
    postings = filed("Ferry sinks")
    assert postings.candidates(features_of("Ferry sinks"), DAY + 1, DAY + 9) == []
    assert postings.candidates(features_of("Ferry sinks"), DAY - 9, DAY - 1) == []
    assert postings.candidates(features_of("Ferry sinks"), DAY - 1, DAY + 1) == ["n00000"]


def test_number_of_candidates_is_limited() -> None:
    postings = filed(*["Ferry sinks"] * (MAX_CANDIDATES + 5))
    assert postings.candidates(features_of("Ferry sinks"), DAY, DAY) == [f"n{n:05}" for n in range(MAX_CANDIDATES)]


def test_common_terms_are_skipped_after_rare_ones() -> None:
    postings = filed("Moana sails", *["Minister speaks"] * (MAX_POSTINGS + 1))
    assert postings.candidates(features_of("Minister greets Moana"), DAY, DAY) == ["n00000"]


def test_common_terms_are_read_when_there_are_no_rare_ones() -> None:
    postings = filed(*["Minister speaks"] * (MAX_POSTINGS + 1))
    assert len(postings.candidates(features_of("Minister greets Moana"), DAY, DAY)) == MAX_CANDIDATES


def test_order_of_adding_does_not_matter() -> None:
    titles = ["Ferry sinks", "Ferry Moana sinks off reef", "Moana reef", "Reef opens"]
    forth, back = InvertedIndex(), InvertedIndex()
    places = [(features_of(title).terms, Posting(DAY + n % 2, f"n{n}")) for n, title in enumerate(titles)]
    for terms, place in places:
        forth.add(terms, place)
    for terms, place in reversed(places):
        back.add(terms, place)
    asked = features_of("Ferry on Moana reef")
    assert forth.candidates(asked, DAY, DAY + 1) == back.candidates(asked, DAY, DAY + 1)
    assert forth.count(DAY, DAY) == back.count(DAY, DAY) == 2
    assert forth.count(DAY, DAY + 1) == 4


def test_ties_are_ordered_by_id() -> None:
    postings = filed(*["Moana sails"] * (MAX_CANDIDATES + 3), "Moana reef", "Reef and Moana")
    last, least = f"n{MAX_CANDIDATES + 4:05}", f"n{MAX_CANDIDATES + 3:05}"
    found = postings.candidates(features_of("Moana reef"), DAY, DAY)
    assert found == [least, last, *(f"n{n:05}" for n in range(MAX_CANDIDATES - 2))]


def test_removed_item_is_neither_found_nor_counted() -> None:
    postings = filed("Ferry sinks", "Ferry sails")
    postings.remove(features_of("Ferry sinks").terms, Posting(DAY, "n00000"))
    assert postings.candidates(features_of("Ferry sinks"), DAY, DAY) == ["n00001"]
    assert postings.count(DAY, DAY) == 1
    assert postings.count(DAY + 1, DAY + 9) == 0
