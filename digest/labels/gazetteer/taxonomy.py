"""From the words of the tables (countries, default regions and categories) to those of a site's own taxonomy."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from digest.config import default_taxonomy
from digest.labels.gazetteer.lookup import Reading
from digest.model import Taxonomy, Term

NEAREST: Mapping[str, tuple[str, ...]] = {
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


class Resolved(Struct, frozen=True):
    """A reading in the site's words.

    `places` are (region, country or slug as the table has it, weight), `categories` (slot, weight).
    """

    kind: str
    places: tuple[tuple[str, str, float], ...]
    categories: tuple[tuple[int, float], ...]
    flags: str = ""

    def joined(self, other: "Resolved") -> "Resolved":
        """Both as one."""
        places, categories = self.places + other.places, self.categories + other.categories
        return Resolved(self.kind, places, categories, self.flags and other.flags)


def flags_of(readings: Sequence[Resolved]) -> str:
    """Return the capitals that a term needs: all, one or none; the weakest requirement of its readings."""
    if all("A" in reading.flags for reading in readings):
        return "A"
    return "C" if all({"A", "C"} & set(reading.flags) for reading in readings) else ""


class Atlas:
    """Maps countries, default regions and default categories to a taxonomy.

    Categories are weighed in slots: one for each default category, in the order of `NEAREST`, then one for each of the
    site's that no default stands for. `slots` holds the site's slug of each.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        default = default_taxonomy()
        self.fallback_region = taxonomy.fallback_region
        own = {code: region.slug for region in taxonomy.regions for code in region.countries}
        slugs = {region.slug for region in taxonomy.regions}
        self._regions = dict(own)
        for region in default.regions:
            found = Counter(own[code] for code in region.countries if code in own)
            heir = found.most_common(1)[0][0] if found else taxonomy.fallback_region
            self._regions[region.slug] = region.slug if region.slug in slugs else heir
        heirs = _heirs(taxonomy)
        own_alone = [c.slug for c in taxonomy.categories if c.slug not in heirs.values()]
        self.slots: tuple[str, ...] = (*heirs.values(), *own_alone)
        self._slot_of_default = {slug: at for at, slug in enumerate(heirs)}

    def region(self, name: str) -> str:
        """The site's region for a country or a default region; the fallback for what no region has."""
        return self._regions.get(name, self.fallback_region)

    def resolved(self, reading: Reading) -> Resolved:
        """A reading of a table in the site's words."""
        places = tuple((self.region(name), name, weight) for name, weight in reading.about)
        categories = tuple((self._slot_of_default[name], weight) for name, weight in reading.categories)
        return Resolved(reading.kind, places, categories, reading.flags)

    def resolved_term(self, term: Term) -> Resolved:
        """A publisher's term, which speaks in the site's words already. One that is excluded says nothing."""
        if term.exclude:
            return Resolved("terms", (), ())
        places = ((term.region, term.region, term.weight),) if term.region else ()
        slots = ((self.slots.index(term.category), term.weight),) if term.category in self.slots else ()
        return Resolved("terms", places, slots, "C" if term.match != term.match.lower() else "")

    def merged(self, chances: Sequence[float]) -> dict[str, float]:
        """The chance of each of the site's categories from those of the slots."""
        found: dict[str, float] = {}
        for slug, chance in zip(self.slots, chances, strict=True):
            found[slug] = found.get(slug, 0.0) + chance
        return found


def _heirs(taxonomy: Taxonomy) -> dict[str, str]:
    """Default category → the site's: the same slug, else the same IPTC subject, else the nearest, else the fallback."""
    slugs = {category.slug for category in taxonomy.categories}
    by_iptc = {category.iptc: category.slug for category in taxonomy.categories if category.iptc}
    exact: dict[str, str] = {}
    for category in default_taxonomy().categories:
        if category.slug in slugs:
            exact[category.slug] = category.slug
        elif category.iptc in by_iptc:
            exact[category.slug] = by_iptc[category.iptc]
    near = {slug: next((exact[other] for other in NEAREST[slug] if other in exact), None) for slug in NEAREST}
    return {slug: exact.get(slug) or near[slug] or taxonomy.fallback_category for slug in NEAREST}
