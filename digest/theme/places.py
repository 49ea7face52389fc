"""Where a key of a TOML file stands; tomllib tells of no places. Read only to place an issue."""

import re

from digest.issues import Place

_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")


def place_of(text: str, file: str, path: tuple[str, ...]) -> Place:
    """The place of the key or table at `path`, or of the nearest table around it."""
    best, place = 0, Place(file)
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            here, column = (table := _parts(header[1])), header.start(1)
        elif key := _KEY.match(line):
            here, column = (*table, *_parts(key[1])), key.start(1)
        else:
            continue
        if len(here) > best and path[: len(here)] == here:
            best, place = len(here), Place(file, number, column + 1)
    return place


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_NAME, key))
