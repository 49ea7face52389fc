"""Adding a term to digest.toml keeps all other bytes."""

import pytest

from digest.config import parse
from digest.edit import Edit, term_edit
from digest.edit.label_terms import add_term
from digest.issues import Issue
from digest.model import Term
from tests.edit.site_folder import SiteFolder

TERM = Term(match="loom", region="africa", weight=2.0)
BLOCK = '[[terms]]\nmatch = "loom"\nregion = "africa"\nweight = 2.0\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", BLOCK),
        ("# ours\n", f"# ours\n\n{BLOCK}"),
        ("[site]\ntitle = 'x'", f"[site]\ntitle = 'x'\n\n{BLOCK}"),
        ("[[terms]]\nmatch = 'a'\nregion='europe'\n", f"[[terms]]\nmatch = 'a'\nregion='europe'\n\n{BLOCK}"),
        (
            "[[terms]] # a\nmatch = 'a'\nregion='europe' # b\n\n# c\n\n# indeed\n[site]\ntitle='x'\n",
            f"[[terms]] # a\nmatch = 'a'\nregion='europe' # b\n\n# c\n\n{BLOCK}\n# indeed\n[site]\ntitle='x'\n",
        ),
    ],
)
def test_a_term_goes_after_the_others(before: str, after: str) -> None:
    added = add_term(before, TERM)
    assert added == after
    assert parse(added)[1] == ()
    assert TERM in parse(added)[0].terms


def test_line_ends_stay(newsroom: SiteFolder) -> None:
    added = add_term("[site]\r\ntitle = 'x'\r\n", TERM)
    assert "\n" not in added.replace("\r\n", "")
    del newsroom


def test_an_invalid_file_is_not_changed(newsroom: SiteFolder) -> None:
    (newsroom.site / "digest.toml").write_text("[site\n")
    assert isinstance(term_edit(newsroom.site, TERM), Issue)
    (newsroom.site / "digest.toml").write_text("terms = []\n")
    assert isinstance(term_edit(newsroom.site, TERM), Issue)
    (newsroom.site / "digest.toml").write_bytes(b"\xff")
    assert isinstance(term_edit(newsroom.site, TERM), Issue)
    (newsroom.site / "digest.toml").write_text("")
    assert isinstance(term_edit(newsroom.site, TERM), Edit)
