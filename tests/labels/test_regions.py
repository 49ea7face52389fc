"""How claims are weighed: position, prepositions, doubt, powers that act everywhere."""

from digest.labels.gazetteer.lookup import Hit
from digest.labels.gazetteer.taxonomy import ResolvedReading
from digest.labels.regions import TABLE_WEIGHTS, RegionVote, region_scores, region_votes
from digest.labels.text.tokenizer import text_of

KENYA = ResolvedReading("countries", (("africa", "KE", 1.0),), ())
US = ResolvedReading("countries", (("north-america", "US", 1.0),), ())
OCEAN = ResolvedReading("places", (("world", "world", 1.0),), ())
VICTORIA = (
    ResolvedReading("divisions", (("asia-pacific", "AU", 1.0),), (), "~"),
    ResolvedReading("cities", (("africa", "SC", 1.0),), (), "~"),
)
SEYCHELLES = ResolvedReading("countries", (("africa", "SC", 1.0),), ())
READINGS = [(KENYA,), (US,), (OCEAN,), VICTORIA, (SEYCHELLES,)]
COUNTRY = TABLE_WEIGHTS["countries"]


def claimed(raw: str, **entries: int) -> list[RegionVote]:
    text = text_of(raw)
    found = [Hit(text.keys.index(word), text.keys.index(word) + 1, entry, 0.0) for word, entry in entries.items()]
    return region_votes(text, sorted(found, key=lambda hit: hit.start), READINGS, "world")


def weight(raw: str, **entries: int) -> float:
    return claimed(raw, **entries)[0].weight


def test_location_outweighs_actor() -> None:
    plain = weight("Roads of Kenya", kenya=0)
    assert plain == COUNTRY
    assert weight("Roads in Kenya", kenya=0) > plain
    assert weight("Roads in northern Kenya", kenya=0) > plain
    assert weight("War on Kenya", kenya=0) > plain
    assert weight("Roads from Kenya", kenya=0) < plain
    assert weight("A Kenya backed plan", kenya=0) < plain


def test_place_in_a_kicker_counts_more() -> None:
    assert weight("Kenya floods: roads close", kenya=0) > weight("Kenya floods close roads", kenya=0)
    assert weight("One two three four five six: Kenya", kenya=0) == COUNTRY


def test_global_power_counts_less_beside_another_country() -> None:
    us, kenya = claimed("Grants of US for Kenya", us=1, kenya=0)
    assert us.weight == COUNTRY * 0.75
    assert kenya.weight >= COUNTRY * 0.9
    assert weight("Grants of US", us=1) == COUNTRY


def test_fallback_region_counts_less_beside_a_place() -> None:
    assert weight("Life of oceans", oceans=2) == TABLE_WEIGHTS["places"]
    ocean, _ = claimed("Life of oceans and of Kenya", oceans=2, kenya=0)
    assert ocean.weight == TABLE_WEIGHTS["places"] * 0.5


def test_neighbours_select_a_reading() -> None:
    assert claimed("Port of Victoria", victoria=3)[0].region == "asia-pacific"
    alone = weight("Port of Victoria", victoria=3)
    first, _ = claimed("Port of Victoria of Seychelles", victoria=3, seychelles=4)
    assert first.name == "SC"
    assert alone < TABLE_WEIGHTS["divisions"]


def test_ambiguity_lowers_the_weight() -> None:
    text = text_of("Roads of Kenya")
    sure = region_votes(text, [Hit(2, 3, 0, 0.0)], READINGS, "world")[0].weight
    unsure = region_votes(text, [Hit(2, 3, 0, 0.5)], READINGS, "world")[0].weight
    assert unsure == sure / 2


def test_votes_for_one_region_add_with_decreasing_factors() -> None:
    def of(*weights: float) -> float:
        return region_scores([RegionVote(0, 1, "countries", "africa", "KE", weight, "") for weight in weights])[
            "africa"
        ]

    assert of(2.0) == 2.0
    assert of(2.0, 2.0) == 3.0
    assert of(2.0, 1.0) == of(1.0, 2.0) == 2.5
    assert of(2.0, 2.0, 2.0) - of(2.0, 2.0) < 1.0
    assert of(*[2.0] * 9) == of(*[2.0] * 4)


def test_no_hits_give_no_votes() -> None:
    assert region_votes(text_of(""), [], READINGS, "world") == []
    assert region_scores([]) == {}
