"""A site of N articles of about 4 kB, the same on every machine: invented words, a year of dates, labels and stories.

Two kinds: `plain` is wire copy, paragraphs and a sub-heading now and then, with the front matter that import writes;
`rich` is written by hand: lists, links, emphasis, tables, code, quotations and images. All times are known and
distinct, so that every generator sorts the articles in one order.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from typing import NamedTuple

from digest.content.infer import slug_of
from digest.wire import id_of, key_of

END = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
"""The moment of the newest article, and of every build."""

SPAN = timedelta(days=365)
BODY_BYTES = 4_000

REGIONS = {
    "europe": 27, "north-america": 22, "asia-pacific": 18, "middle-east": 13, "africa": 8, "latin-america": 7,
    "world": 5,
}  # fmt: skip
CATEGORIES = {
    "politics": 22, "sport": 15, "business": 14, "conflict": 11, "society": 8, "crime": 7, "technology": 6,
    "culture": 5, "health": 4, "environment": 3, "disaster": 3, "science": 2,
}  # fmt: skip
SOURCES = {"NW-UTC": "Northwire", "MDL-GVA": "Meridian Line", "HRB-OSL": "Harbour Press", "STP-LIM": "Steppe and Sea"}

_STORY_SIZES = {1: 74, 2: 12, 3: 6, 4: 4, 5: 2, 6: 2}
_STORY_DAYS = 4
_ONSETS = (
    "b", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr", "qu", "r", "s",
    "sh", "st", "t", "tr", "v", "w", "z",
)  # fmt: skip
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
_CODAS = ["", "", "", "l", "n", "r", "s", "t", "nd", "rk", "st"]


class Article(NamedTuple):
    """One article. `at` is in UTC; the first region and category are primary; `body` is Markdown; `position` is its
    place in its dump, 0 for what came in none.
    """

    id: str
    title: str
    slug: str
    at: datetime
    regions: tuple[str, ...]
    categories: tuple[str, ...]
    story: str
    byline: str
    source: str
    body: str
    position: int

    @property
    def folder(self) -> str:
        """`2026/03/12`."""
        return f"{self.at:%Y/%m/%d}"

    @property
    def month(self) -> str:
        """`2026/03`."""
        return f"{self.at:%Y/%m}"

    @property
    def summary(self) -> str:
        """The first paragraph, as plain text: what lists show under a headline."""
        return self.body.partition("\n\n")[0]


def articles(number: int, *, rich: bool = False, seed: int = 1, size: int = BODY_BYTES) -> Iterator[Article]:
    """`number` articles with bodies of about `size` bytes, the newest first."""
    dice = random.Random(seed)
    words = Words(dice)
    stories = _stories(number, dice)
    taken: set[tuple[str, str]] = set()
    for n in range(number):
        at = (END - n * SPAN / number).replace(microsecond=0)
        title = words.headline()
        while (at.date().isoformat(), slug_of(title)) in taken:
            title = words.headline()
        taken.add((at.date().isoformat(), slug_of(title)))
        body = words.rich_body(size) if rich else words.plain_body(size)
        name = id_of(key_of(title), at.date(), str(n))
        yield Article(
            id=name,
            title=title,
            slug=slug_of(title),
            at=at,
            regions=_some(REGIONS, dice),
            categories=_some(CATEGORIES, dice),
            story=stories[n],
            byline=f"{dice.choice('ABCDEFGHJKLMNOPRSTVWYZ')}. {words.name()}",
            source=dice.choices(tuple(SOURCES), (60, 25, 10, 5))[0],
            body=body,
            position=0 if rich else 1 + n % 40,
        )


def _some(weights: dict[str, int], dice: random.Random) -> tuple[str, ...]:
    """One label, or two for one article in five."""
    number = 2 if dice.random() < 0.2 else 1
    return tuple(dict.fromkeys(dice.choices(tuple(weights), tuple(weights.values()), k=number)))


def _stories(number: int, dice: random.Random) -> list[str]:
    """The story of each article: most alone, some of two to six within a few days."""
    reach = max(2, number * _STORY_DAYS // SPAN.days)
    stories = [""] * number
    for n in range(number):
        if not stories[n]:
            size = dice.choices(tuple(_STORY_SIZES), tuple(_STORY_SIZES.values()))[0]
            others = (dice.randrange(n + 1, n + reach) for _ in range(size - 1))
            for member in (n, *(m for m in others if m < number and not stories[m])):
                stories[member] = f"story-{n}"
    return stories


class Words:
    """Words, sentences and paragraphs out of an invented language, the frequent ones often (Zipf's law)."""

    def __init__(self, dice: random.Random, size: int = 6_000) -> None:
        self._dice = dice
        made = dict.fromkeys(self._word() for _ in range(3 * size))
        self._words = list(islice(made, size))
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(size)))
        self._sentences = [self._sentence() for _ in range(8_000)]

    def headline(self) -> str:
        """Six to ten words."""
        return self._phrase(6, 10).capitalize()

    def name(self) -> str:
        """A family name."""
        return self._dice.choice(self._words).capitalize()

    def plain_body(self, size: int) -> str:
        """Paragraphs of two to four sentences, a sub-heading now and then."""
        blocks = [self._paragraph()]
        while _size(blocks) < size:
            if self._dice.random() < 0.08:
                blocks.append(f"## {self.headline()}")
            blocks.append(self._paragraph())
        return "\n\n".join(blocks)

    def rich_body(self, size: int) -> str:
        """Everything that an editor may write."""
        makers = (self._list, self._steps, self._table, self._code, self._quotation, self._image)
        blocks = [self._paragraph(), f"## {self.headline()}", *(make() for make in makers)]
        while _size(blocks) < size:
            blocks.append(self._marked(self._paragraph()))
        first, *rest = blocks
        self._dice.shuffle(rest)
        return "\n\n".join((first, *rest))

    def _word(self) -> str:
        syllables = self._dice.choice((1, 2, 2, 3))
        parts = (_ONSETS, _VOWELS, _CODAS) * syllables
        return "".join(self._dice.choice(part) for part in parts)

    def _phrase(self, least: int, most: int) -> str:
        chosen = self._dice.choices(self._words, cum_weights=self._weights, k=self._dice.randint(least, most))
        return " ".join(chosen)

    def _sentence(self) -> str:
        text = self._phrase(8, 20).capitalize()
        if self._dice.random() < 0.2:
            text = f"“{text},” said {self.name()} {self.name()}"
        if self._dice.random() < 0.15:
            text += f" in {self._dice.randint(1950, 2026)}, some {self._dice.randint(2, 99)}% more"
        return f"{text}."

    def _paragraph(self) -> str:
        return " ".join(self._dice.choices(self._sentences, k=self._dice.randint(2, 4)))

    def _marked(self, text: str) -> str:
        """Emphasis, a link and a word of code in a paragraph."""
        words = text.split(" ")
        marks = ("*{}*", "**{}**", "[{}](https://example.org/a/b)", "`{}`", "[{}](/region/europe/)")
        for place, mark in zip(self._dice.sample(range(len(words) - 1), len(marks)), marks, strict=True):
            words[place] = mark.format(words[place].strip("“”,."))
        return " ".join(words)

    def _list(self) -> str:
        return "\n".join(f"- {self._marked(self._phrase(8, 14))}" for _ in range(4))

    def _steps(self) -> str:
        return "\n".join(f"{n}. {self._phrase(5, 9)}" for n in range(1, 5))

    def _table(self) -> str:
        rows = [self._row() for _ in range(5)]
        return "\n".join((rows[0], "| --- | --- | --- |", *rows[1:]))

    def _row(self) -> str:
        return f"| {self._phrase(1, 3)} | {self._phrase(1, 2)} | {self._dice.randint(1, 9999)} |"

    def _code(self) -> str:
        lines = (f"{self._phrase(1, 1)} = {self._dice.randint(1, 99)}" for _ in range(4))
        return "\n".join(("```", *lines, "```"))

    def _quotation(self) -> str:
        return f"> {self._dice.choice(self._sentences)}"

    def _image(self) -> str:
        return f"![{self._phrase(3, 6)}](https://pictures.example/{self._dice.randint(1, 40)}.jpg)"


def _size(blocks: Sequence[str]) -> int:
    return sum(len(block) + 2 for block in blocks)
