"""The upper bound of the score never excludes a pair that would join."""

import random
from itertools import combinations

import pytest
from msgspec import structs

from digest.model import Relation
from digest.speedups import VARIABLE
from digest.stories import Threader
from digest.stories.pairs.alignment import align
from digest.stories.pairs.score import joins_story, story_probability
from digest.stories.pairs.score_bound import cannot_join
from digest.stories.pairs.signals import signals_of
from digest.stories.text.features import features_of
from tests.stories.newsdesk import known

SPEEDUP = "score-bound"
WHO = ["Envoy Okonjo", "Colonel Qadhdhafi", "Colonel Gadhdhafi", "Dockers", "Kenya's senate", "A ferry", "Police"]
DOES = ["resigns", "quits", "opens", "is hit by blaze", "kills four", "votes on water bill", "dead in landslide"]
WHERE = ["in Peru", "in Lima", "in Nairobi", "in Kenya", "at Antwerp port", "", "near Oslo", "on Monday"]
MORE = ["", "", "over ferry contract", "as strike goes on", "leaving 9 dead", "leaving 40 dead", "after prime minister"]


def headlines(number: int) -> list[str]:
    dice = random.Random(7)  # noqa: S311 - the same headlines every time
    parts = (WHO, DOES, WHERE, MORE)
    return list(dict.fromkeys(" ".join(filter(None, map(dice.choice, parts))) for _ in range(number)))


def test_pairs_that_the_bound_excludes_do_not_join() -> None:
    pairs = list(combinations(map(features_of, headlines(90)), 2))
    excluded = joined = 0
    for left, right in pairs:
        signals = signals_of(align(left, right))
        for gap, crowd in ((0, 8), (0, 400), (3, 60), (13, 8)):
            belongs = joins_story(signals, story_probability(signals, gap, crowd))
            out = cannot_join(left, right, signals.shared_weight, gap, crowd)
            assert not (belongs and out)
            excluded, joined = excluded + out, joined + belongs
    assert joined > 40, "enough pairs join"
    assert excluded > len(pairs), "the bound excludes a quarter of the cases and more"


def test_decision_is_the_same_without_evidence() -> None:
    index = Threader()
    relations = set()
    for n, title in enumerate(headlines(400)):
        new = known(title, f"2026-03-{1 + n // 40:02}", f"n{n:05}")
        brief, full = index.thread(new, with_evidence=False), index.thread(new)
        assert (brief.relation, brief.story, brief.entry_id) == (full.relation, full.story, full.entry_id)
        assert not brief.evidence
        relations.add(full.relation)
        root = full.entry_id if full.relation is Relation.VERSION else new.id
        index.add(structs.replace(new, story=full.story, root=root))
    assert relations == set(Relation)


@pytest.mark.parametrize("disabled", [SPEEDUP, "all"])
def test_threads_are_the_same_without_the_bound(disabled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [known(title, f"2026-03-{1 + n // 40:02}", f"n{n:05}") for n, title in enumerate(headlines(200))]
    decisions = []
    for value in ("", disabled):
        monkeypatch.setenv(VARIABLE, value)
        index = Threader()
        for new in items:
            thread = index.thread(new, with_evidence=False)
            decisions.append((thread.relation, thread.story, thread.entry_id))
            root = thread.entry_id if thread.relation is Relation.VERSION else new.id
            index.add(structs.replace(new, story=thread.story, root=root))
    assert decisions[: len(items)] == decisions[len(items) :]
