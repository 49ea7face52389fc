"""Signals → the words that a person reads to see why two texts belong together."""

from digest.model import Witness
from digest.stories.pairs.alignment import Match
from digest.stories.pairs.signals import Signals
from digest.stories.text.tokenizer import tokens_of

SHOWN = 5
"""Answers that are told, the heaviest; the rest only confirms them."""


def witnesses_of(signals: Signals, label: str, texts: tuple[str, str]) -> tuple[Witness, ...]:
    """The heaviest answers in the words of both texts; then the turn between them, if there is one, with weight 0."""
    left, right = map(_spelt, texts)
    found = [
        Witness(words=_words(match, left, right), table=match.how, label=label, weight=round(match.weight, 2))
        for match in signals.matches[:SHOWN]
    ]
    if signals.turn:
        found.append(Witness(words=str(signals.turn), table="turn", label=label, weight=0.0))
    return tuple(found)


def _spelt(text: str) -> dict[str, str]:
    """Stem → the word as the text has it, but for capitals and accents."""
    return {t.stem: t.folded for t in tokens_of(text)}


def _words(match: Match, left: dict[str, str], right: dict[str, str]) -> str:
    ours, theirs = _shown(match.left, left), _shown(match.right, right)
    return ours if ours == theirs else f"{ours} / {theirs}"


def _shown(term: str, spelt: dict[str, str]) -> str:
    """`#9` is 9, `@south_korea` is South Korea, a stem is the word that it came from."""
    if term[0] == "@":
        return term[1:].replace("_", " ").title()
    return " ".join(spelt.get(stem, stem) for stem in term.lstrip("#").split("_"))
