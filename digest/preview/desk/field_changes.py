"""Changes that an editor requests for an entry, and the front-matter fields of its pages that they set."""

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
"""New field values by path of the page; None removes a field."""


class Correction(Struct, frozen=True, forbid_unknown_fields=True):
    """A correction note for readers."""

    date: date
    text: Annotated[str, Meta(min_length=1, max_length=2000)]


class FieldChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """New values for fields of an entry. Unset fields stay; an empty summary or a lead of 0 removes the field.

    `region` and `category` replace the first label and keep the others; `regions` and `categories` replace the list.
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
    """Return the names of the fields that are set."""
    return [name for name in changes.__struct_fields__ if getattr(changes, name) is not UNSET]


def page_changes(entry: EntryFiles, changes: FieldChanges) -> ChangesByPage:
    """Return the fields to write into each page of an entry.

    Headline, summary, labels and corrections go into the newest version; rank, status and story have their own rules.
    """
    latest, by_page = entry.latest.item, ChangesByPage()
    fields = by_page.setdefault(latest.path, {})
    if changes.title is not UNSET:
        fields["title"] = _one_line(changes.title)
    if changes.summary is not UNSET:
        fields["summary"] = _one_line(changes.summary) or None
    fields.update(_label_fields(latest, changes))
    if changes.corrections is not UNSET:
        corrections: list[Value] = [{"date": c.date, "text": _one_line(c.text)} for c in changes.corrections]
        fields["corrections"] = corrections or None
    if changes.lead is not UNSET:
        _set_lead(by_page, entry, changes.lead)
    if changes.status is not UNSET:
        _set_status(by_page, entry, changes.status)
    if changes.story is not UNSET:
        for file in entry.files:
            by_page.setdefault(file.path, {})["story"] = changes.story
    return {path: fields for path, fields in by_page.items() if fields}


def _label_fields(item: Item, changes: FieldChanges) -> dict[str, Value | None]:
    fields: dict[str, Value | None] = {}
    for name, first, labels, current in (
        ("regions", changes.region, changes.regions, item.regions),
        ("categories", changes.category, changes.categories, item.categories),
    ):
        if labels is not UNSET:
            fields[name] = list(dict.fromkeys(labels))
        elif first is not UNSET:
            # The new first label replaces the wrong one; the other labels stay.
            fields[name] = [first, *(slug for slug in current[1:] if slug != first)]
    return fields


def _set_lead(by_page: ChangesByPage, entry: EntryFiles, lead: int) -> None:
    """Write the rank into the newest version and remove it from all others."""
    for file in entry.files:
        if file.path == entry.latest.path:
            by_page.setdefault(file.path, {})["lead"] = lead or None
        elif file.item.lead:
            by_page.setdefault(file.path, {})["lead"] = None


def _set_status(by_page: ChangesByPage, entry: EntryFiles, status: str) -> None:
    """Write the status into the root, which holds or kills the whole entry; publish all versions with it."""
    root = entry.files[0]
    by_page.setdefault(root.path, {})["status"] = None if status == Status.PUBLISHED else status
    for file in entry.files[1:]:
        if status == Status.PUBLISHED or (file.item.status is Status.KILLED and status != Status.KILLED):
            by_page.setdefault(file.path, {})["status"] = None


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
