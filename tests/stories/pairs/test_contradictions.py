"""Turns: what must never replace the headline it resembles."""

import pytest

from digest.stories.pairs.alignment import align
from digest.stories.pairs.contradictions import Turn, turn_between, value_of
from digest.stories.text.features import gist_of

CASES = [
    # the other way round
    ("Harbour talks on, mediators say", "Harbour talks off, mediators say", Turn.OPPOSITE),
    ("Shares rise in Tokyo", "Shares fall in Tokyo", Turn.OPPOSITE),
    ("Rovers win at Hillfoot", "Rovers lose at Hillfoot", Turn.OPPOSITE),
    ("Court convicts banker Oduya", "Court acquits banker Oduya", Turn.OPPOSITE),
    ("Senate passes farm bill", "Senate rejects farm bill", Turn.OPPOSITE),
    ("City lifts ban on scooters", "City imposes ban on scooters", Turn.OPPOSITE),
    ("Police arrest Oduya", "Police free Oduya", Turn.OPPOSITE),
    ("Envoy arrives in Doha", "Envoy leaves Doha", Turn.OPPOSITE),
    # a negation
    ("Senate will vote on farm bill", "Senate will not vote on farm bill", Turn.NEGATION),
    ("Airline to pay strikers", "Airline won't pay strikers", Turn.NEGATION),
    ("Volcano erupts in Iceland", "Volcano erupts again in Iceland", Turn.NEGATION),
    # who does it to whom
    ("Rovers beat Albion", "Albion beat Rovers", Turn.ROLES),
    ("Kenya sues Chad over lake", "Chad sues Kenya over lake", Turn.ROLES),
    ("Okonjo beaten by Haugen", "Okonjo beats Haugen", Turn.ROLES),
    ("Okonjo beaten by Haugen", "Haugen beats Okonjo", None),
    ("Kenya, Peru sign pact", "Peru, Kenya sign pact", None),
    # another place, person, team
    ("Quake hits Chile", "Quake hits Peru", Turn.PLACE),
    ("Quake hits Chile", "Quake hits Santiago de Chile", None),
    ("Flood in Kenya", "Flood in Nairobi", None),
    ("Minister Lindqvist resigns", "Minister Haugen resigns", Turn.NAME),
    ("Dockers in Antwerp walk out", "Dockers in Rotterdam walk out", Turn.PLACE),
    ("Lindqvist resigns", "Minister Lindqvist resigns over ferry", None),
    # another time or number
    ("Markets close lower on Monday", "Markets close lower on Tuesday", Turn.PERIOD),
    ("Talks enter second day", "Talks enter third day", Turn.PERIOD),
    ("Keita wins gold in 100m", "Keita wins gold in 200m", Turn.NUMBER),
    ("Club signs striker for 10m", "Club signs striker for 12m", Turn.NUMBER),
    ("Ferry sinks, 6 dead", "Ferry sinks, 9 dead", None),
    ("Ferry sinks, six dead", "Ferry sinks, 9 dead", None),
    ("Ferry sinks, 6 dead", "Ferry sinks, 90 dead", Turn.NUMBER),
    ("Ferry sinks, 6 dead", "Ferry sinks, dozens dead", None),
    # the same, changed
    ("Dockers to begin walkout", "Dockers begin walkout", None),
    ("Okonjo warns of famine", "Okonjo, in tears, warns of famine", None),
]


@pytest.mark.parametrize(("a", "b", "turn"), CASES)
def test_turns(a: str, b: str, turn: Turn | None) -> None:
    found = turn_between(align(gist_of(a), gist_of(b)))
    if turn in {Turn.PLACE, Turn.NAME}:
        assert found in {Turn.PLACE, Turn.NAME}
    else:
        assert found is turn


@pytest.mark.parametrize(("a", "b", "turn"), CASES)
def test_a_turn_holds_from_both_sides(a: str, b: str, turn: Turn | None) -> None:
    forth = turn_between(align(gist_of(a), gist_of(b)))
    back = turn_between(align(gist_of(b), gist_of(a)))
    assert forth is back
    assert (turn is None) == (forth is None)


@pytest.mark.parametrize("text", sorted({text for a, b, _ in CASES for text in (a, b)}))
def test_nothing_turns_itself(text: str) -> None:
    assert turn_between(align(gist_of(text), gist_of(text))) is None


@pytest.mark.parametrize(
    ("number", "value"), [("9", 9.0), ("2.5", 2.5), ("2-1", 0.0), ("1.2.3", 0.0), ("9" * 400, 0.0), ("", 0.0)]
)
def test_numbers_as_quantities(number: str, value: float) -> None:
    assert value_of(number) == value
