"""What an editor may ask of entries, and which field of which file that is."""

import re
from datetime import date
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from digest.content.serialize import Value
from digest.model import Item, Status
from digest.preview.desk.entry_files import EntryFiles

SLUG_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
Slug = Annotated[str, Meta(pattern=f"^{SLUG_PATTERN}$", max_length=120)]
Slugs = Annotated[list[Slug], Meta(min_length=1, max_length=20)]
ChangesByPage = dict[str, dict[str, Value | None]]
"""Fields by the path of the page; None takes one out."""


class Correction(Struct, frozen=True, forbid_unknown_fields=True):
    """What was wrong, said to readers."""

    date: date
    text: Annotated[str, Meta(min_length=1, max_length=2000)]


class FieldChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be written. What is not named stays as it is; an empty summary, a lead of 0 take the field out.

    `region` and `category` make a slug the first one and leave the others; `regions` and `categories` are whole lists.
    """

    title: Annotated[str, Meta(min_length=1, max_length=500)] | UnsetType = UNSET
    summary: Annotated[str, Meta(max_length=2000)] | UnsetType = UNSET
    regions: Slugs | UnsetType = UNSET
    categories: Slugs | UnsetType = UNSET
    region: Slug | UnsetType = UNSET
    category: Slug | UnsetType = UNSET
    lead: Annotated[int, Meta(ge=0, le=9)] | UnsetType = UNSET
    status: Literal["draft", "hold", "published", "killed"] | UnsetType = UNSET
    story: Slug | UnsetType = UNSET
    corrections: Annotated[list[Correction], Meta(max_length=50)] | UnsetType = UNSET


def changed_fields(changes: FieldChanges) -> list[str]:
    """The fields that it names."""
    return [name for name in changes.__struct_fields__ if getattr(changes, name) is not UNSET]


def page_changes(entry: EntryFiles, wish: FieldChanges) -> ChangesByPage:
    """What is to be written where: headline, labels and corrections into the page that is shown, the rest all over."""
    face, changes = entry.latest.item, ChangesByPage()
    shown = changes.setdefault(face.path, {})
    if wish.title is not UNSET:
        shown["title"] = _line(wish.title)
    if wish.summary is not UNSET:
        shown["summary"] = _line(wish.summary) or None
    shown.update(_labels(face, wish))
    if wish.corrections is not UNSET:
        said: list[Value] = [{"date": c.date, "text": _line(c.text)} for c in wish.corrections]
        shown["corrections"] = said or None
    if wish.lead is not UNSET:
        _set_lead(changes, entry, wish.lead)
    if wish.status is not UNSET:
        _set_status(changes, entry, wish.status)
    if wish.story is not UNSET:
        for file in entry.files:
            changes.setdefault(file.path, {})["story"] = wish.story
    return {path: fields for path, fields in changes.items() if fields}


def _labels(item: Item, wish: FieldChanges) -> dict[str, Value | None]:
    fields: dict[str, Value | None] = {}
    for one, many, has in (
        (wish.region, ("regions", wish.regions), item.regions),
        (wish.category, ("categories", wish.categories), item.categories),
    ):
        name, whole = many
        if whole is not UNSET:
            fields[name] = list(dict.fromkeys(whole))
        elif one is not UNSET:
            # Another first label takes the place of the one that was wrong; what else there is stays.
            fields[name] = [one, *(slug for slug in has[1:] if slug != one)]
    return fields


def _set_lead(changes: ChangesByPage, whole: EntryFiles, lead: int) -> None:
    """The rank stands in the page that is shown, and in no other of the entry."""
    for file in whole.files:
        if file.path == whole.latest.path:
            changes.setdefault(file.path, {})["lead"] = lead or None
        elif file.item.lead:
            changes.setdefault(file.path, {})["lead"] = None


def _set_status(changes: ChangesByPage, whole: EntryFiles, status: str) -> None:
    """What is held or killed is so by its root; what is published is so with all its versions."""
    root = whole.files[0]
    changes.setdefault(root.path, {})["status"] = None if status == Status.PUBLISHED else status
    for file in whole.files[1:]:
        if status == Status.PUBLISHED or (file.item.status is Status.KILLED and status != Status.KILLED):
            changes.setdefault(file.path, {})["status"] = None


def _line(text: str) -> str:
    """A text on one line."""
    return re.sub(r"\s+", " ", text).strip()
