"""Parsing of bylines."""

import pytest

from digest.wire import Byline, parse_byline


@pytest.mark.parametrize(
    ("line", "person", "agency"),
    [
        ("O.Salim--SF-PST", "O. Salim", "SF-PST"),
        ("O. Salim--SF-PST", "O. Salim", "SF-PST"),
        ("J.R.Smith--NWA", "J.R. Smith", "NWA"),
        ("J. R. Smith--NWA", "J.R. Smith", "NWA"),
        ("J.-P.Moreau--NWA", "J.-P. Moreau", "NWA"),
        ("A.B. de la Cruz--NWA", "A.B. de la Cruz", "NWA"),
        ("Å.Ødegård-Lie--NWA", "Å. Ødegård-Lie", "NWA"),
        ("N.O'Neill--NWA", "N. O'Neill", "NWA"),
        ("N.O’Neill--Coastal", "N. O’Neill", "Coastal"),
        ("Maria Lopez-Garcia--NWA", "Maria Lopez-Garcia", "NWA"),
        ("Ludwig van der Berg--NW/A", "Ludwig van der Berg", "NW/A"),
        ("Maria de los Ríos--N24", "Maria de los Ríos", "N24"),
        ("--SF-PST", "", "SF-PST"),
        ("--N24", "", "N24"),
    ],
)
def test_bylines(line: str, person: str, agency: str) -> None:
    assert parse_byline(line) == Byline(person=person, agency=agency)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "-",
        "--",
        "---",
        "O.Salim",
        "O.Salim--",
        "O.Salim-SF-PST",
        "O.Salim --SF-PST",
        "O.Salim-- SF-PST",
        "O.Salim--SF PST",
        "O.Salim--SF-PST.",
        "o.salim--SF-PST",
        "Vonn -- USA",
        "Lindsey Marsh -- USA",
        "Harbour--USA",
        "It was cold--they said",
        "The growers--NWA",
        "The U.S. troops--NWA",
        "e.g.this--that",
        "He won--and lost--NWA",
        "Maria Lopez--Coastal",
        "--nwa",
        "--A",
        "One Two Three Four Five Six--NWA",
        "A.Very" + "long" * 30 + "--NWA",
    ],
)
def test_other_lines(line: str) -> None:
    assert parse_byline(line) is None
