"""Validation of a TOML document against msgspec types: reports every mistake with its place and a hint.

tomllib stops at the first mistake and gives no places for keys; msgspec stops at the first wrong value. Here all
mistakes are found in one run.
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

# Control characters and noncharacters, which HTML and XML do not allow.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_MAX_LISTED = 12


class MistakeKind(StrEnum):
    """Kind of mistake."""

    UNKNOWN = "unknown-key"
    TYPE = "type"
    VALUE = "value"


class Mistake(NamedTuple):
    """A mistake at a key: its kind, path, message and hint."""

    kind: MistakeKind
    path: Path
    message: str
    hint: str


def decode(text: str, file: str) -> tuple[Document, tuple[Place, str] | None]:
    """Return the document, or an empty one with the place and the message of its syntax error."""
    try:
        return tomllib.loads(text), None
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        at = re.search(r" \(at line (\d+), column (\d+)\)", message)
        place = Place(file, int(at[1]), int(at[2])) if at else Place(file)
        reason = re.sub(r" \(at (line.*|end of document)\)", "", message)
        return {}, (place, reason[:1].lower() + reason[1:])


def find_mistakes(document: Document, schema: type[Struct], path: Path = ()) -> Iterator[Mistake]:
    """Yield unknown keys, missing required keys and values of a wrong type, by the fields of `schema`."""
    fields = {f.encode_name: f for f in msgspec.structs.fields(schema)}
    for key, value in document.items():
        key_path = (*path, key)
        if key in fields:
            yield from _value_mistakes(value, fields[key].type, key_path)
        else:
            message = f"unknown key `{'.'.join(key_path)}`"
            yield Mistake(MistakeKind.UNKNOWN, key_path, message, unknown_name_hint(key, fields))
    for name, field in fields.items():
        if field.required and name not in document:
            message = f"`{'.'.join(path)}` has no `{name}`" if path else f"there is no `{name}`"
            yield Mistake(MistakeKind.VALUE, path, message, f"add {name} = …")


def remove_paths(value: Any, paths: Collection[Path], path: Path = ()) -> Any:
    """Return a document without the values at `paths`; a list that contains one of them becomes empty."""
    if isinstance(value, list) and any(p[: len(path)] == path for p in paths):
        return []
    if not isinstance(value, dict):
        return value
    return {k: remove_paths(v, paths, (*path, k)) for k, v in value.items() if (*path, k) not in paths}


def unknown_name_hint(key: str, known: Iterable[str]) -> str:
    """Return a hint for a name that is not in `known`: a similar name, else the known names."""
    names = tuple(known)
    near = difflib.get_close_matches(key, names, 1)
    if near:
        return f"did you mean `{near[0]}`?"
    more = ", …" if len(names) > _MAX_LISTED else ""
    return f"known here: {', '.join(names[:_MAX_LISTED])}{more}" if names else "no name is known here"


def describe_type(annotation: Any) -> str:
    """Return a description of a type for people who write TOML."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " or ".join(f'"{a}"' for a in arguments)
    if origin is tuple:
        return f"a list, each {describe_type(arguments[0])}"
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(describe_type(a) for a in arguments))
    if hasattr(annotation, "__metadata__"):
        minimum, pattern = annotation.__metadata__[0].ge, annotation.__metadata__[0].pattern
        if pattern:
            return f"text that matches {pattern}"
        return describe_type(annotation.__origin__) + (f", {minimum} or more" if minimum is not None else "")
    words = {str: 'text in "quotes"', bool: "true or false", int: "a whole number", float: "a number"}
    return words.get(annotation, "a table")


def places_of(text: str) -> Mapping[Path, tuple[int, int]]:
    """Return path of each table and key → line and column. Tables of an array are numbered from 0."""
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
    """Return the place of the key or table at `path`, or of the nearest table around it."""
    places = places_of(text)
    return next((Place(file, *places[path[:n]]) for n in range(len(path), 0, -1) if path[:n] in places), Place(file))


def _parts(key: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(_NAME, key))


def _value_mistakes(value: Any, kind: Any, path: Path) -> Iterator[Mistake]:
    origin, arguments = get_origin(kind), get_args(kind)
    if _is_table(kind) and isinstance(value, dict):
        yield from find_mistakes(value, kind, path)
    elif isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(value, dict):
        for key, inner in value.items():
            yield from _value_mistakes(inner, arguments[1], (*path, key))
    elif origin is tuple and isinstance(value, list) and _is_table(arguments[0]):
        for n, inner in enumerate(value):
            yield from _value_mistakes(inner, arguments[0], (*path, str(n)))
    else:
        yield from _scalar_mistakes(value, kind, path)


def _scalar_mistakes(value: Any, kind: Any, path: Path) -> Iterator[Mistake]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        choices = get_args(kind) if get_origin(kind) is Literal else ()
        problem = MistakeKind.VALUE if choices and isinstance(value, str) else MistakeKind.TYPE
        near = difflib.get_close_matches(str(value), choices, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"write {describe_type(kind)}"
        yield Mistake(problem, path, f"`{'.'.join(path)}` cannot be {value!r}", hint)
        return
    texts = [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]
    if bad := _INVISIBLE.search("".join(texts)):
        message = f"`{'.'.join(path)}` holds U+{ord(bad[0]):04X}, which no page can show"
        yield Mistake(MistakeKind.VALUE, path, message, "take it out")


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)
