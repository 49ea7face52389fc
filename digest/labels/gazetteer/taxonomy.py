"""Mapping from the tables' vocabulary (countries, default regions and categories) to the taxonomy of a site."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from digest.config import default_taxonomy
from digest.labels.gazetteer.lookup import Reading
from digest.model import Taxonomy, Term

SIMILAR_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "politics": ("conflict", "society"),
    "conflict": ("politics", "crime"),
    "business": ("technology", "politics"),
    "technology": ("science", "business"),
    "science": ("technology", "environment", "health"),
    "environment": ("science", "disaster"),
    "health": ("science", "society"),
    "crime": ("society", "politics"),
    "disaster": ("environment", "society"),
    "society": ("culture", "politics"),
    "culture": ("society", "sport"),
    "sport": ("culture", "society"),
}


class ResolvedReading(Struct, frozen=True):
    """A reading in terms of the site's taxonomy.

    `places` are (region, country or slug in the table, weight); `categories` are (slot, weight).
    """

    table: str
    places: tuple[tuple[str, str, float], ...]
    categories: tuple[tuple[int, float], ...]
    flags: str = ""

    def merged_with(self, other: "ResolvedReading") -> "ResolvedReading":
        """Return a reading with the places and categories of both."""
        places, categories = self.places + other.places, self.categories + other.categories
        return ResolvedReading(self.table, places, categories, self.flags and other.flags)


def case_flag_of(readings: Sequence[ResolvedReading]) -> str:
    """Return the capitals that a term needs: all, one or none; the weakest requirement of its readings."""
    if all("A" in reading.flags for reading in readings):
        return "A"
    return "C" if all({"A", "C"} & set(reading.flags) for reading in readings) else ""


class TaxonomyMap:
    """Maps countries, default regions and default categories to a taxonomy.

    Scores of categories are kept in slots: one for each default category, in the order of `SIMILAR_CATEGORIES`, then
    one for each category of the site that no default maps to. `slots` holds the site's slug of each slot.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        default = default_taxonomy()
        self.fallback_region = taxonomy.fallback_region
        region_of_country = {code: region.slug for region in taxonomy.regions for code in region.countries}
        slugs = {region.slug for region in taxonomy.regions}
        self._regions = dict(region_of_country)
        for region in default.regions:
            counts = Counter(region_of_country[code] for code in region.countries if code in region_of_country)
            closest = counts.most_common(1)[0][0] if counts else taxonomy.fallback_region
            self._regions[region.slug] = region.slug if region.slug in slugs else closest
        mapped = _site_categories(taxonomy)
        unmapped = [c.slug for c in taxonomy.categories if c.slug not in mapped.values()]
        self.slots: tuple[str, ...] = (*mapped.values(), *unmapped)
        self._slot_of_default = {slug: at for at, slug in enumerate(mapped)}

    def region(self, name: str) -> str:
        """Return the site's region for a country or a default region, else the fallback region."""
        return self._regions.get(name, self.fallback_region)

    def resolve(self, reading: Reading) -> ResolvedReading:
        """Return a reading of a table in terms of the site's taxonomy."""
        places = tuple((self.region(name), name, weight) for name, weight in reading.about)
        categories = tuple((self._slot_of_default[name], weight) for name, weight in reading.categories)
        return ResolvedReading(reading.table, places, categories, reading.flags)

    def resolve_term(self, term: Term) -> ResolvedReading:
        """Return the reading of a publisher's term, which names labels of the site; an excluded term has no label."""
        if term.exclude:
            return ResolvedReading("terms", (), ())
        places = ((term.region, term.region, term.weight),) if term.region else ()
        slots = ((self.slots.index(term.category), term.weight),) if term.category in self.slots else ()
        return ResolvedReading("terms", places, slots, "C" if term.match != term.match.lower() else "")

    def sum_by_category(self, probabilities: Sequence[float]) -> dict[str, float]:
        """Return category → probability, given the probability of each slot."""
        totals: dict[str, float] = {}
        for slug, probability in zip(self.slots, probabilities, strict=True):
            totals[slug] = totals.get(slug, 0.0) + probability
        return totals


def _site_categories(taxonomy: Taxonomy) -> dict[str, str]:
    """Return default category → site category, matched by slug, IPTC subject or similarity, else the fallback."""
    slugs = {category.slug for category in taxonomy.categories}
    by_iptc = {category.iptc: category.slug for category in taxonomy.categories if category.iptc}
    exact: dict[str, str] = {}
    for category in default_taxonomy().categories:
        if category.slug in slugs:
            exact[category.slug] = category.slug
        elif category.iptc in by_iptc:
            exact[category.slug] = by_iptc[category.iptc]
    similar = {
        slug: next((exact[other] for other in others if other in exact), None)
        for slug, others in SIMILAR_CATEGORIES.items()
    }
    return {slug: exact.get(slug) or similar[slug] or taxonomy.fallback_category for slug in SIMILAR_CATEGORIES}
