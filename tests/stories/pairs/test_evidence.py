"""Evidence in words, and as a line of a table."""

from digest.model import Evidence, Relation, Thread
from digest.stories import headline_similarity, tsv_of


def words(a: str, b: str) -> dict[str, str]:
    return {w.table: w.words for w in headline_similarity(a, b)[1]}


def test_evidence_shows_words_as_written() -> None:
    assert words("Ferries", "Ferries") == {"word": "ferries"}
    assert words("Envoy resigned", "Envoy quits")["synonym"] == "resigned / quits"
    assert words("Negotiators leave", "Negotiation over")["word"] == "negotiators / negotiation"


def test_evidence_shows_countries_and_numbers_by_name() -> None:
    assert words("South Koreans", "South Korea") == {"word": "South Korea"}
    assert words("1,250", "1250") == {"word": "1250"}
    assert words("Flood in Kenya", "Flood in Nairobi")["place"] == "Kenya / nairobi"


def test_evidence_names_the_contradiction() -> None:
    assert words("Talks on in Doha", "Talks off in Doha")["contradiction"] == "opposite"


def test_evidence_has_the_five_heaviest_matches() -> None:
    title = "Ferry Moana aground on reef off Samoan atoll after squall"
    told = headline_similarity(title, title)[1]
    assert len(told) == 5
    assert [w.weight for w in told] == sorted((w.weight for w in told), reverse=True)


def test_thread_as_tsv() -> None:
    thread = Thread(
        relation=Relation.FOLLOW_UP,
        story="ferry-moana",
        entry_id="a",
        score=0.81249,
        evidence=(
            Evidence(words="moana", table="word", label="ferry-moana", weight=9.5),
            Evidence(words="Reef\tto be\na park", table="second", label="reef-park", weight=0.2),
        ),
    )
    assert tsv_of(thread) == "ferry-moana\t0.812\tword:moana=9.5; second:Reef to be a park=0.2"


def test_tsv_always_has_three_columns() -> None:
    assert tsv_of(Thread(relation=Relation.NEW, story="ferry")) == "ferry\t0.000\t"
