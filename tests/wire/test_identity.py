"""Keys and ids of headlines."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.wire import id_of, key_of, normalise_headline

DAY = datetime.date(2026, 2, 5)


@pytest.mark.parametrize(
    "headline",
    [
        'Minister: "We will not yield" - again',
        "minister: “we will not yield” – again",
        "MINISTER: «WE WILL NOT YIELD» — AGAIN",
        "  Minister:\tˮ".replace("ˮ", '"') + 'We will  not\u00a0yield" ‐ again.',
        "Minister: „We will not yield‟ − again…",
        "Min\u00adister: 'We will not yield' - again!",
        "Ｍｉｎｉｓｔｅｒ： 'We will not yield' ﹣ again ?!",
        "\ufeffMinister: \u200e'We will not yield' - again\u200f",
    ],
)
def test_equal_words_have_equal_keys(headline: str) -> None:
    assert normalise_headline(headline) == "minister: 'we will not yield' - again"
    assert key_of(headline) == key_of("Minister: 'We will not yield' - again")


@pytest.mark.parametrize(
    "other",
    ["Talks begun", "Talks began today", "Talks-began", "Talks 'began'", "Talks bégan", "Talks: began", "Talksbegan"],
)
def test_different_words_have_different_keys(other: str) -> None:
    assert key_of(other) != key_of("Talks began")


def test_a_headline_of_punctuation_alone_keeps_it() -> None:
    assert normalise_headline("?!") == "?!"
    assert key_of("...") != key_of("?!")


def test_a_key_never_changes() -> None:
    """Existing pages contain keys and ids."""
    assert key_of("Harbour bridge closes for repairs") == "c4d394c4ebd51390"
    assert id_of(key_of("Harbour bridge closes for repairs"), DAY) == "nmwb1rg0mh"


def test_an_id_depends_on_key_day_and_salt() -> None:
    key, other = key_of("Talks began"), key_of("Talks ended")
    ids = {id_of(key, DAY), id_of(other, DAY), id_of(key, DAY + datetime.timedelta(1)), id_of(key, DAY, "2")}
    assert len(ids) == 4
    assert id_of(key, DAY) == id_of(key, DAY, "")


@given(st.text(), st.dates(), st.text(max_size=3))
def test_the_form_of_keys_and_ids(headline: str, day: datetime.date, salt: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", key_of(headline))
    assert re.fullmatch(r"n[0-9a-hjkmnp-tv-z]{9}", id_of(key_of(headline), day, salt))


@given(st.text(st.characters(exclude_categories=[])))
def test_normalising_is_idempotent(headline: str) -> None:
    assert normalise_headline(normalise_headline(headline)) == normalise_headline(headline)


@given(st.text())
def test_case_does_not_matter(headline: str) -> None:
    assert key_of(headline.casefold()) == key_of(headline)
