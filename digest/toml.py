"""A TOML document beside the types that it is to have: every slip in it, with its place and a hint.

tomllib stops at the first mistake and tells of no places; msgspec stops at the first wrong value. An editor of a file
wants all of them at once.
"""

import difflib
import re
import tomllib
import types
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from digest.issues import Place

Path = tuple[str, ...]
Document = dict[str, Any]

# Controls and noncharacters, which neither HTML nor XML can hold.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_MANY = 12


class Slip(StrEnum):
    """Kind of mistake."""

    UNKNOWN = "unknown-key"
    TYPE = "type"
    VALUE = "value"


class Mistake(NamedTuple):
    """A slip at a key."""

    slip: Slip
    path: Path
    message: str
    hint: str


def decode(text: str, file: str) -> tuple[Document, tuple[Place, str] | None]:
    """The document, or an empty one with the place and the words of what is no TOML in it."""
    try:
        return tomllib.loads(text), None
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        at = re.search(r" \(at line (\d+), column (\d+)\)", message)
        place = Place(file, int(at[1]), int(at[2])) if at else Place(file)
        said = re.sub(r" \(at (line.*|end of document)\)", "", message)
        return {}, (place, said[:1].lower() + said[1:])


def mistakes(document: Document, kind: type[Struct], path: Path = ()) -> Iterator[Mistake]:
    """Keys that `kind` does not know, keys that it must have, values of another type than theirs."""
    fields = {f.encode_name: f for f in msgspec.structs.fields(kind)}
    for key, value in document.items():
        where = (*path, key)
        if key in fields:
            yield from _value(value, fields[key].type, where)
        else:
            yield Mistake(Slip.UNKNOWN, where, f"unknown key `{'.'.join(where)}`", unknown(key, fields))
    for name, field in fields.items():
        if field.required and name not in document:
            message = f"`{'.'.join(path)}` has no `{name}`" if path else f"there is no `{name}`"
            yield Mistake(Slip.VALUE, path, message, f"add {name} = …")


def without(value: Any, bad: Collection[Path], path: Path = ()) -> Any:
    """A document without what stands at the `bad` paths; a list goes whole when anything in it is bad."""
    if isinstance(value, list) and any(p[: len(path)] == path for p in bad):
        return []
    if not isinstance(value, dict):
        return value
    return {k: without(v, bad, (*path, k)) for k, v in value.items() if (*path, k) not in bad}


def unknown(key: str, known: Iterable[str]) -> str:
    """A hint for a name that is none of those known."""
    names = tuple(known)
    near = difflib.get_close_matches(key, names, 1)
    if near:
        return f"did you mean `{near[0]}`?"
    more = ", …" if len(names) > _MANY else ""
    return f"known here: {', '.join(names[:_MANY])}{more}" if names else "none is known here"


def spelt(kind: Any) -> str:
    """A type in the words of somebody who writes TOML."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return " or ".join(f'"{a}"' for a in arguments)
    if origin is tuple:
        return f"a list, each {spelt(arguments[0])}"
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(spelt(a) for a in arguments))
    if hasattr(kind, "__metadata__"):
        least, pattern = kind.__metadata__[0].ge, kind.__metadata__[0].pattern
        if pattern:
            return f"text that matches {pattern}"
        return spelt(kind.__origin__) + (f", {least} or more" if least is not None else "")
    words = {str: 'text in "quotes"', bool: "true or false", int: "a whole number", float: "a number"}
    return words.get(kind, "a table")


def places_of(text: str) -> Mapping[Path, tuple[int, int]]:
    """Path of each table and key → line and column. Tables of an array are numbered from 0."""
    places: dict[Path, tuple[int, int]] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _parts(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, str(counts[table]))
            places.setdefault(table, (number, header.start(2) + 1))
        elif key := _KEY.match(line):
            places.setdefault((*table, *_parts(key[1])), (number, key.start(1) + 1))
    return places


def place_of(text: str, file: str, path: Path) -> Place:
    """The place of the key or table at `path`, or of the nearest table around it."""
    places = places_of(text)
    return next((Place(file, *places[path[:n]]) for n in range(len(path), 0, -1) if path[:n] in places), Place(file))


def _parts(key: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(_NAME, key))


def _value(value: Any, kind: Any, path: Path) -> Iterator[Mistake]:
    origin, arguments = get_origin(kind), get_args(kind)
    if _is_table(kind) and isinstance(value, dict):
        yield from mistakes(value, kind, path)
    elif isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(value, dict):
        for key, inner in value.items():
            yield from _value(inner, arguments[1], (*path, key))
    elif origin is tuple and isinstance(value, list) and _is_table(arguments[0]):
        for n, inner in enumerate(value):
            yield from _value(inner, arguments[0], (*path, str(n)))
    else:
        yield from _scalar(value, kind, path)


def _scalar(value: Any, kind: Any, path: Path) -> Iterator[Mistake]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        choices = get_args(kind) if get_origin(kind) is Literal else ()
        slip = Slip.VALUE if choices and isinstance(value, str) else Slip.TYPE
        near = difflib.get_close_matches(str(value), choices, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"write {spelt(kind)}"
        yield Mistake(slip, path, f"`{'.'.join(path)}` cannot be {value!r}", hint)
        return
    texts = [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]
    if bad := _UNSEEN.search("".join(texts)):
        message = f"`{'.'.join(path)}` holds U+{ord(bad[0]):04X}, which no page can show"
        yield Mistake(Slip.VALUE, path, message, "take it out")


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)
