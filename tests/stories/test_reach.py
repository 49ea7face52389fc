"""What is left out before it is compared: never anything that counts."""

import random
from itertools import combinations

from msgspec import structs

from digest.model import Relation
from digest.stories import Index
from digest.stories.pairs.alignment import align, most_shared
from digest.stories.pairs.score import chance, joins, out_of_reach
from digest.stories.pairs.signals import signals_of
from digest.stories.text.features import gist_of
from tests.stories.newsdesk import known

WHO = ["Envoy Okonjo", "Colonel Qadhdhafi", "Colonel Gadhdhafi", "Dockers", "Kenya's senate", "A ferry", "Police"]
DOES = ["resigns", "quits", "opens", "is hit by blaze", "kills four", "votes on water bill", "dead in landslide"]
WHERE = ["in Peru", "in Lima", "in Nairobi", "in Kenya", "at Antwerp port", "", "near Oslo", "on Monday"]
MORE = ["", "", "over ferry contract", "as strike goes on", "leaving 9 dead", "leaving 40 dead", "after prime minister"]


def headlines(number: int) -> list[str]:
    dice = random.Random(7)  # noqa: S311 - the same headlines every time
    parts = (WHO, DOES, WHERE, MORE)
    return list(dict.fromkeys(" ".join(filter(None, map(dice.choice, parts))) for _ in range(number)))


def test_no_answers_weigh_more_than_the_most_that_can_be_shared() -> None:
    gists = list(map(gist_of, headlines(90)))
    for left, right in combinations(gists, 2):
        assert align(left, right).shared <= most_shared(left, right) + 1e-9


def test_words_that_no_text_has_add_only_where_they_are_spelt_alike() -> None:
    asked, other = (
        gist_of("Vuchit prorflotgras dretdrotes quenchout"),
        gist_of("Vuchit sealchouweas tronfesttirk kairkjoun"),
    )
    assert most_shared(asked, other) == align(asked, other).shared == asked.terms["vuchit"]
    alike = gist_of("Vuchit prorflotgrass sealchouweas")
    assert align(asked, alike).shared == most_shared(asked, alike) > asked.terms["vuchit"]


def test_what_is_out_of_reach_would_not_have_joined() -> None:
    pairs = list(combinations(map(gist_of, headlines(90)), 2))
    told = joined = 0
    for left, right in pairs:
        signals, most = signals_of(align(left, right)), most_shared(left, right)
        for gap, crowd in ((0, 8), (0, 400), (3, 60), (13, 8)):
            belongs = joins(signals, chance(signals, gap, crowd))
            out = out_of_reach(left, right, most, gap, crowd) or out_of_reach(left, right, signals.shared, gap, crowd)
            assert not (belongs and out)
            told, joined = told + out, joined + belongs
    assert joined > 40, "the pairs would show it"
    assert told > len(pairs), "it is told of a quarter and more"


def test_without_reasons_a_thread_is_the_same() -> None:
    index = Index()
    relations = set()
    for n, title in enumerate(headlines(400)):
        new = known(title, f"2026-03-{1 + n // 40:02}", f"n{n:05}")
        brief, full = index.thread(new, why=False), index.thread(new)
        assert (brief.relation, brief.story, brief.of) == (full.relation, full.story, full.of)
        assert not brief.evidence
        relations.add(full.relation)
        root = full.of if full.relation is Relation.VERSION else new.id
        index.add(structs.replace(new, story=full.story, root=root))
    assert relations == set(Relation)
