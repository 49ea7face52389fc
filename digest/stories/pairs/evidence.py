"""Evidence for people: the words because of which two texts belong together."""

from digest.model import Evidence
from digest.stories.pairs.alignment import Match
from digest.stories.pairs.signals import Signals
from digest.stories.text.tokenizer import tokens_of

MAX_MATCHES = 5
"""Matches that are shown, the heaviest first."""


def evidence_of(signals: Signals, label: str, texts: tuple[str, str]) -> tuple[Evidence, ...]:
    """Return the heaviest matches in the words of both texts, then the contradiction, if any, with weight 0."""
    left, right = map(_words_by_stem, texts)
    evidence = [
        Evidence(words=_words(match, left, right), table=match.kind, label=label, weight=round(match.weight, 2))
        for match in signals.matches[:MAX_MATCHES]
    ]
    if signals.contradiction:
        evidence.append(Evidence(words=str(signals.contradiction), table="contradiction", label=label, weight=0.0))
    return tuple(evidence)


def _words_by_stem(text: str) -> dict[str, str]:
    """Return stem → word of the text, in lower case and without accents."""
    return {t.stem: t.folded for t in tokens_of(text)}


def _words(match: Match, left: dict[str, str], right: dict[str, str]) -> str:
    ours, theirs = _readable(match.left, left), _readable(match.right, right)
    return ours if ours == theirs else f"{ours} / {theirs}"


def _readable(term: str, words_by_stem: dict[str, str]) -> str:
    """Return a term as people write it: `#9` is 9, `@south_korea` is South Korea, a stem is its word in the text."""
    if term[0] == "@":
        return term[1:].replace("_", " ").title()
    return " ".join(words_by_stem.get(stem, stem) for stem in term.lstrip("#").split("_"))
