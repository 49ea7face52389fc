"""Seals: detection of edited texts, and their form as YAML texts."""

from hypothesis import given
from hypothesis import strategies as st

from digest.content.seals import body_seals, paragraph_seals, seal_of, seals_of
from digest.content.serialize import yaml_scalar_of

texts = st.text(max_size=60)


def test_seals_are_the_same_on_every_machine() -> None:
    assert seal_of("Talks open in Oslo") == seal_of("Talks open in Oslo")
    assert seal_of("") != seal_of(" ")
    assert len({seal_of(str(n)) for n in range(5_000)}) == 5_000


@given(texts)
def test_a_seal_is_seven_consonants_that_need_no_quotes(text: str) -> None:
    seal = seal_of(text)
    assert len(seal) == 7
    assert not set(seal) - set("bcdfghjklmnpqrstvwxz")
    assert yaml_scalar_of(seal) == seal


@given(texts, texts)
def test_different_texts_have_different_seals(one: str, other: str) -> None:
    assert (seal_of(one) == seal_of(other)) == (one == other)


def test_a_list_is_sealed_by_its_values_and_their_order() -> None:
    assert seal_of(["a", "b"]) == seal_of(("a", "b"))
    assert seal_of(["a", "b"]) != seal_of(["b", "a"])
    assert seal_of(["a, b"]) != seal_of(["a", "b"])
    assert seal_of([]) == seal_of("")


def test_the_seals_of_a_page_name_its_fields_and_its_paragraphs() -> None:
    seals = seals_of({"title": "A", "regions": ["europe"]}, ["One.", "Two."])
    assert list(seals) == ["title", "regions", "body"]
    assert body_seals(seals) == paragraph_seals(["One.", "Two."])


def test_a_brief_has_no_seal_of_a_body() -> None:
    assert "body" not in seals_of({"title": "A"})
    assert body_seals({}) == ()
