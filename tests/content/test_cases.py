"""The text fixtures of `tests/cases/pages`: what each page is as an item, and every word of its issues.

A case is a title, a page and what comes of it, each ended by a line with a lone full stop. A title may end in the path
of the page below the content folder, `(2026/02/05/x.md)`. In the page ␍ is a carriage return, ⇥ a tab, ␠ a space that
an editor might trim, ␀ a NUL, ⌁ U+0085, ⌧ U+FDD0, ⎵ a byte order mark, ✗ the byte 0xE9 and a final ∅ takes away the
last line feed. What comes of it are the fields of the item that say more than their default, then the issues.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from digest.config import parse
from digest.content.infer import item_of
from digest.content.page import parse_page
from digest.model import Item, Labels

FOLDER = Path(__file__).parent.parent / "cases" / "pages"
SIGNS = {
    "␍": b"\r",
    "⇥": b"\t",
    "␠": b" ",
    "␀": b"\0",
    "⌁": b"\xc2\x85",
    "⌧": b"\xef\xb7\x90",
    "⎵": b"\xef\xbb\xbf",
    "✗": b"\xe9",
    "∅\n": b"",
}
DEFAULTS = {field.name: field.default for field in msgspec.structs.fields(Item)}


class Labeller:
    """Labeller with fixed labels: Europe and sport."""

    name, version = "fixed", "1"

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        del headline, summary, body
        return Labels(region="europe", category="sport", other_regions=("africa",))


def identify(title: str, day: date) -> str:
    """Return a readable id: the length of the title and the day."""
    return f"x{len(title)}-{day:%d}"


def cases() -> Iterator[tuple[str, str, str]]:
    """Return name, page and expected result of every case."""
    for path in sorted(FOLDER.glob("*.txt")):
        parts = re.split(r"(?m)^\.\n", path.read_text(encoding="utf-8"))
        assert len(parts) % 3 == 1, path
        assert not parts[-1].strip(), path
        for title, page, expected in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
            yield f"{path.stem}: {title.strip()}", page, expected


def bytes_of(page: str) -> bytes:
    """Replace the placeholders in a page by their characters."""
    data = page.encode()
    for sign, byte in SIGNS.items():
        data = data.replace(sign.encode(), byte)
    return data


def listing_of(path: str, data: bytes) -> str:
    """Format the item, then all issues."""
    config = parse("")[0]
    page, issues = parse_page(path, data, config)
    item, more = item_of(page, config, Labeller, identify) if page else (None, ())
    told = item_lines(item) if item else ("no item",)
    return "".join(f"{line}\n" for line in (*told, *map(str, (*issues, *more))))


def item_lines(item: Item) -> Iterator[str]:
    """Format `field: value` for every field without its default, except the path."""
    for name, value in msgspec.structs.asdict(item).items():
        if name != "path" and value != DEFAULTS[name] and value not in ("", (), {}):
            yield f"{name}: {shown(value)}"


def shown(value: object) -> str:
    """Format a value as in front matter."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, msgspec.Struct):
        return shown(msgspec.structs.asdict(value))
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {shown(inner)}' for key, inner in value.items())}}}"
    return str(value)


@pytest.mark.parametrize(("name", "page", "expected"), [pytest.param(*case, id=case[0]) for case in cases()])
def test_case(name: str, page: str, expected: str) -> None:
    path = re.search(r"\((.*\.md)\)$", name)
    assert listing_of(path[1] if path else "x.md", bytes_of(page)) == expected
