"""Page: one Markdown file parsed into typed fields and a body, with the positions of both."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from digest.config import Config
from digest.content.fields.context import FieldContext, is_empty, suggestion
from digest.content.fields.schema import FIELDS, FOREIGN_NAMES, VISIBILITY_FIELDS
from digest.content.frontmatter import INVALID_CHARACTERS, Fields, FrontMatter, fields_of, quoted, split_page
from digest.content.store.scan import CONTENT_FOLDER
from digest.issues import Issue, Place, issue
from digest.model import Ai, Correction, Image, Kind, Origin, Status

# Control characters that HTML and XML forbid; removing them from the bytes is the fastest way.
_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
# Control characters beyond ASCII and noncharacters, by their first byte: most texts do not contain that byte.
_BY_FIRST_BYTE = {
    b"\xc2": re.compile(b"\xc2[\x80-\x9f]"),
    b"\xef": re.compile(b"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])"),
}


class Page(Struct, frozen=True, kw_only=True):
    """The fields and the body of a page as written; a missing field is empty.

    `path` is relative to the content folder. `body` is Markdown without blank lines around it and starts on line
    `body_line` of the file. `unreadable` names the fields with invalid values.
    """

    path: str
    front_matter: FrontMatter
    body: str
    body_line: int
    unreadable: tuple[str, ...] = ()
    id: str = ""
    title: str = ""
    slug: str = ""
    day: date | None = None
    at: datetime | None = None
    updated: date | None = None
    updated_at: datetime | None = None
    kind: Kind | None = None
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    story: str = ""
    version_of: str = ""
    summary: str = ""
    byline: str = ""
    sources: tuple[str, ...] = ()
    link: str = ""
    image: Image | None = None
    image_alt: str = ""
    image_credit: str = ""
    lang: str = ""
    status: Status | None = None
    publish_at: datetime | None = None
    embargo: datetime | None = None
    expires: datetime | None = None
    lead: int = 0
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[str, ...] = ()
    ai: Ai | None = None
    ai_note: str = ""
    reviewed_by: str = ""
    markers: tuple[str, ...] = ()
    origin: Origin | None = None
    extra: Mapping[str, str] = {}

    @property
    def is_held(self) -> bool:
        """True when a field that controls visibility is invalid: the page is held rather than shown too soon."""
        return not VISIBILITY_FIELDS.isdisjoint(self.unreadable)

    def place_of(self, field: str) -> Place:
        """Return the place of a field's value, or the start of the file when the field is missing."""
        written = fields_of(self.front_matter)[0].get(field)
        return self.front_matter.place(written[1].start) if written else Place(self.front_matter.file, 1, 1)


def parse_page(path: str, data: bytes, config: Config) -> tuple[Page | None, tuple[Issue, ...]]:
    """Parse the bytes of a page. Return the page and its issues; None when the front matter is unreadable.

    `path` is relative to the content folder; issues name the file relative to the site.
    """
    file = f"{CONTENT_FOLDER}/{path}"
    text, issues = decode_page(data, file)
    if text is None:
        return None, issues
    parts = split_page(text, file)
    if isinstance(parts, Issue):
        return None, (*issues, parts)
    front, rest, line = parts
    fields, yaml_issues = fields_of(front)
    if yaml_issues and not fields:
        return None, (*issues, *yaml_issues)
    context = FieldContext(front, path, config)
    attributes = _attributes(context, fields)
    body = rest.strip("\n").rstrip()
    line += len(rest) - len(rest.lstrip("\n"))
    _check(context, fields, attributes)
    return Page(path=path, front_matter=front, body=body, body_line=line, **attributes), (
        *issues,
        *yaml_issues,
        *context.issues,
    )


def body_of(data: bytes) -> str:
    """Return the body alone, equal to that of `parse_page`; "" when there is none."""
    parts = split_page(decode_page(data, "")[0] or "", "")
    return "" if isinstance(parts, Issue) else parts[1].strip("\n").rstrip()


def decode_page(data: bytes, file: str) -> tuple[str | None, tuple[Issue, ...]]:
    """Decode a file: UTF-8 without byte order mark and control characters, with LF line ends. None if not UTF-8."""
    cleaned = data.translate(None, _CONTROLS)
    for first, later in _BY_FIRST_BYTE.items():
        if first in cleaned:
            cleaned = later.sub(b"", cleaned)
    issues = () if len(cleaned) == len(data) else (_control_issue(data, file),)
    try:
        text = cleaned.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None, (_encoding_issue(data, file),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, issues


def _place_in(data: bytes, index: int, file: str) -> Place:
    before = data[:index].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    lines = re.split("\r\n|\r|\n", before)
    return Place(file, len(lines), len(lines[-1]) + 1)


def _control_issue(data: bytes, file: str) -> Issue:
    patterns = (re.compile(b"[" + re.escape(_CONTROLS) + b"]"), *_BY_FIRST_BYTE.values())
    index, found = min((m.start(), m[0]) for m in (p.search(data) for p in patterns) if m)
    message = f"the control character U+{ord(found.decode()):04X} is left out"
    return issue("page-control", _place_in(data, index, file), message, "delete it from the page")


def _encoding_issue(data: bytes, file: str) -> Issue:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return issue("page-encoding", Place(file, 1, 1), "the page is UTF-16, not UTF-8", "save it as UTF-8")
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `utf-8-sig` counts from the end of the byte order mark.
        index = error.start + 3 * data.startswith(b"\xef\xbb\xbf")
        message = f"the page is not UTF-8: the byte 0x{data[index]:02X} is not part of a character"
        return issue("page-encoding", _place_in(data, index, file), message, "save it as UTF-8")
    return issue("page-encoding", Place(file, 1, 1), "the page is not UTF-8", "save it as UTF-8")


def _attributes(context: FieldContext, fields: Fields) -> dict[str, Any]:
    """Parse the fields into attributes of a `Page`."""
    written: dict[str, Any] = {}
    extra: dict[str, str] = {}
    for name, (key, value) in fields.items():
        field = FIELDS.get(name)
        if field is None:
            meant = FOREIGN_NAMES.get(name)
            hint = f"did you mean `{meant}`?" if meant else suggestion(name, FIELDS)
            context.add_issue("page-unknown-field", key, f"unknown field {quoted(name)}; it is kept", hint)
            extra[INVALID_CHARACTERS.sub("", name)] = context.front_matter.text[value.start : value.end].strip()
        elif not is_empty(value):
            context.field = name
            read = field.parse(context, value)
            if read is None:
                written["unreadable"] = (*written.get("unreadable", ()), name)
            elif len(field.attributes) > 1:
                written.update(zip(field.attributes, read, strict=True))
            else:
                written[field.attributes[0]] = read
    if extra:
        written["extra"] = extra
    return written


def _check(context: FieldContext, fields: Fields, written: Mapping[str, Any]) -> None:
    """Check rules that concern several fields."""
    if not written.get("title"):
        place = context.front_matter.place(fields["title"][0].start) if "title" in fields else None
        hint = "add a line such as title: Talks resume in Geneva"
        where = place or Place(context.front_matter.file, 1, 1)
        context.issues.append(issue("page-title-missing", where, "the page has no title", hint))
    expires = written.get("expires")
    for name in ("embargo", "publish_at"):
        if expires and (start := written.get(name)) and start >= expires:
            message = f"`{name}` is not before `expires`: the item is never visible"
            context.add_issue("embargo-after-expiry", fields["expires"][1], message, "make `expires` later")
    if written.get("ai") is Ai.GENERATED and not written.get("reviewed_by"):
        hint = "have somebody review it, then add a line such as reviewed_by: Jo Kim"
        message = "this text was generated and has no reviewer: it is not published"
        context.add_issue("review-missing", fields["ai"][1], message, hint)
    if "corrected" in written.get("markers", ()) and not written.get("corrections"):
        message = "the wire corrected this item, but the page has no correction for readers"
        hint = "add a line such as corrections: [{date: 2026-02-05, text: It was the other bank.}]"
        context.add_issue("correction-missing", fields["markers"][1], message, hint)
