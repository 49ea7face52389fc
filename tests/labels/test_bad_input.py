"""What dumps hold beside headlines: never an exception, never a label out of nothing, the same in any company."""

import pytest

from digest.labels import Engine, tsv_of
from digest.labels.text.language import language_of

NOTHING = {
    "empty": "",
    "spaces": " \t ",
    "wide spaces": "\u00a0\u2003\u3000",
    "stop words": "And then they were not there for us",
    "stop words, loud": "AND THEN THEY WERE NOT THERE FOR US",
    "emoji": "🎉🔥 😀",
    "controls": "\x00\x01\x02\x07\x7f",
    "signs": "… — !!! ???",
    "numbers": "12 345 67",
    "one letter": "x",
    "one word of 10,000 letters": "a" * 10_000,
    "10,000 digits": "1" * 10_000,
    "10,000 full stops": "." * 10_000,
    "5,000 initials": "U." * 5_000,
    "10,000 marks on one letter": "K" + "\u0336" * 10_000,
    "directions alone": "\u202e\u202c\u2067\u2069",
    "half a character": "\ud800",
    "private use": "\ue000\uf8ff\U000f0000",
}
KENYA = {
    "emoji around": "🎉 Kenya votes 🗳️",
    "a flag": "🇰🇪 Kenya votes",
    "written backwards": "\u202eKenya votes\u202c",
    "marks of direction": "\u200fKenya\u200e votes",
    "line breaks": "Kenya\r\nvotes\tnow",
    "a byte order mark": "\ufeffKenya votes",
    "half a character": "\ud800 Kenya votes",
    "controls between words": "\x00Kenya\x07 \x1b votes\x7f",
    "10,000 characters": ("Kenya votes " * 900)[:10_000],
    "from right to left": "كينيا تنتخب رئيسا جديدا",
    "both ways": "Kenya كينيا votes",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_text_without_evidence_gets_fallback_labels(labeller: Engine, text: str) -> None:
    labels = labeller.label(text)
    assert (labels.region, labels.other_regions, labels.other_categories) == ("world", (), ())
    assert 0 < labels.confidence <= 0.3
    assert [witness.words for witness in labels.evidence] == ["nothing to go by"]
    assert language_of(text) in {"", "en"}


@pytest.mark.parametrize("text", KENYA.values(), ids=KENYA)
def test_place_is_found_in_malformed_text(labeller: Engine, text: str) -> None:
    assert labeller.label(text).region == "africa"
    assert language_of(text) in {"", "en", "ar"}


@pytest.mark.parametrize("text", [*NOTHING.values(), *KENYA.values()])
def test_tsv_is_one_line_of_six_cells(labeller: Engine, text: str) -> None:
    line = tsv_of(labeller.label(text, text, text))
    assert (len(line.split("\t")), len(line.splitlines())) == (6, 1)


def test_labels_do_not_depend_on_other_texts(labeller: Engine) -> None:
    texts = [*NOTHING.values(), *KENYA.values()]
    alone = {text: labeller.label(text) for text in texts}
    for order in (texts[::-1], sorted(texts), sorted(texts, key=len)):
        assert [labeller.label(text) for text in order] == [alone[text] for text in order]


def test_only_the_first_words_of_a_long_headline_are_read(labeller: Engine) -> None:
    assert labeller.label("and " * 2_500 + "Kenya").region == "world"
    assert labeller.label("Kenya " + "and " * 2_500).region == "africa"
