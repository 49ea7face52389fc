"""Where a key of a TOML file stands."""

import pytest

from digest.issues import Place
from digest.theme.places import place_of

TEXT = """\
name = "evening"
  front.second = 4
[parameters.accent]
default = "#111111"
[ parameters . "look" ]
  'default' = "x"
# [comment]
choices = ["[front]", "a = b"]
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("name",), 1, 1),
        (("front", "second"), 2, 3),
        (("parameters", "accent"), 3, 2),
        (("parameters", "accent", "default"), 4, 1),
        (("parameters", "look", "default"), 6, 3),
        (("parameters", "look", "choices"), 8, 1),
        (("parameters", "look", "nothing"), 5, 3),
        (("front",), 0, 0),
        ((), 0, 0),
    ],
)
def test_places(path: tuple[str, ...], line: int, column: int) -> None:
    assert place_of(TEXT, "theme.toml", path) == Place("theme.toml", line, column)
