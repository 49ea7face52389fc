"""What the panel shows of an entry: its fields, every label that it could have with what speaks for it, its story."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from digest import issues
from digest.content.store.scan import CONTENT_FOLDER
from digest.issues import Severity
from digest.labels.engines import report_of
from digest.model import Correction, Witness
from digest.preview.desk.entry_files import EntryFiles
from digest.preview.desk.entry_index import EntryIndex, IndexedItem
from digest.preview.server.overlay import editor_link
from digest.site.urls import item_path, place_in_edition

_MOST_REASONS = 6
_LONGEST_OFFER = 240
_SENTENCE = re.compile(r".+?[.!?…][”’\"')]*(?=\s|\Z)", re.DOTALL)


class Reason(Struct, frozen=True, kw_only=True):
    """Words of the text that speak for a label, how loudly, and the table that says so."""

    words: str
    table: str
    weight: float


class LabelChoice(Struct, frozen=True, kw_only=True):
    """A label of the site. `place` is 1 for the first label of the entry, 2 … for the others, 0 for none of them.

    `score` is its share of all that speaks, 0–1. `says`: it is the one that the text would get.
    """

    slug: str
    name: str
    place: int
    score: float
    says: bool
    reasons: tuple[Reason, ...]


class StoryMember(Struct, frozen=True, kw_only=True):
    """Another entry of the story."""

    id: str
    title: str
    day: date


class FileLink(Struct, frozen=True, kw_only=True):
    """A file of the entry, and the link that opens it in the editor."""

    file: str
    editor: str


class EntryState(Struct, frozen=True, kw_only=True):
    """An entry. `digest` is what a change has to name; `leads` whether a rank counts, its edition being the newest.

    `offer` is what might stand as the summary where there is none: the first sentence of the text.
    """

    id: str
    digest: str
    title: str
    summary: str
    offer: str
    kind: str
    day: date
    edition: date
    leads: bool
    lead: int
    status: str
    byline: str
    sources: tuple[str, ...]
    link: str
    files: tuple[FileLink, ...]
    addresses: tuple[str, ...]
    regions: tuple[LabelChoice, ...]
    categories: tuple[LabelChoice, ...]
    region_confidence: float
    category_confidence: float
    story: str
    members: tuple[StoryMember, ...]
    corrections: tuple[Correction, ...]
    issues: tuple[str, ...]
    body: bool
    wire: bool


def state_of(index: EntryIndex, whole: EntryFiles, newest: date | None) -> EntryState:
    """An entry as its files are now. `newest` is the newest edition of the site."""
    config, item, root = index.config, whole.latest.item, whole.entry.root
    text = whole.entry.text
    report = report_of(
        index.labeller, item.title, item.summary, index.archive.read_body(text.path) if text.body else ""
    )
    edition = config.edition_of(root.day, root.at)
    regions = {slug: table.name for slug, table in config.regions.items()}
    categories = {slug: table.name for slug, table in config.categories.items()}
    return EntryState(
        id=root.id,
        digest=whole.digest,
        title=item.title,
        summary=item.summary,
        offer="" if item.summary else first_sentence(text.standfirst),
        kind=str(text.kind),
        day=root.day,
        edition=edition,
        leads=newest is None or edition >= newest,
        lead=item.lead or root.lead,
        status=str(root.status if root.status != "published" else item.status),
        byline=text.byline,
        sources=item.sources,
        link=item.link,
        files=tuple(_place(index, file.path) for file in whole.files),
        addresses=(item_path(root), place_in_edition(edition, root.id)),
        regions=label_choices(regions, item.regions, report.labels.region, report.regions, report.witnesses),
        categories=label_choices(
            categories, item.categories, report.labels.category, report.categories, report.witnesses
        ),
        region_confidence=_sure(item.regions, report.labels.region, report.labels.region_confidence),
        category_confidence=_sure(item.categories, report.labels.category, report.labels.category_confidence),
        story=root.story,
        members=tuple(_members(index, whole)),
        corrections=item.corrections,
        issues=tuple(str(one) for file in whole.files for one in file.issues if one.severity is not Severity.NOTE),
        body=bool(text.body),
        wire=any(file.item.origin for file in whole.files),
    )


def label_choices(
    names: Mapping[str, str],
    current: Sequence[str],
    predicted: str,
    scores: Iterable[tuple[str, float]],
    witnesses: Sequence[Witness],
) -> tuple[LabelChoice, ...]:
    """All labels of the site in its order."""
    known = {slug: max(0.0, score) for slug, score in scores}
    total = sum(known.values()) or 1.0
    return tuple(
        LabelChoice(
            slug=slug,
            name=name,
            place=current.index(slug) + 1 if slug in current else 0,
            score=round(known.get(slug, 0.0) / total, 3),
            says=slug == predicted,
            reasons=_reasons(slug, witnesses),
        )
        for slug, name in names.items()
    )


def story_members(index: EntryIndex, story: str) -> list[IndexedItem]:
    """The entries of a story by their newest headlines, oldest first."""
    roots = dict.fromkeys(index.entry_at(line.path) for line in index.items_by_path.values() if line.story == story)
    faces = (index.latest(root) for root in roots if root)
    return sorted((face for face in faces if face), key=lambda line: line.order)


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph, cut between words where it is long."""
    found = _SENTENCE.match(text)
    sentence = found[0] if found else text
    if len(sentence) <= _LONGEST_OFFER:
        return sentence
    return sentence[:_LONGEST_OFFER].rpartition(" ")[0] + "…"


def _place(shelf: EntryIndex, path: str) -> FileLink:
    file = f"{CONTENT_FOLDER}/{path}"
    return FileLink(file=file, editor=editor_link(issues.Place(file, 1, 1), shelf.site, shelf.config.preview.editor))


def _members(shelf: EntryIndex, whole: EntryFiles) -> Iterable[StoryMember]:
    for line in story_members(shelf, whole.entry.root.story):
        name = shelf.entry_at(line.path)
        if name != whole.id:
            yield StoryMember(id=name, title=line.title, day=line.day)


def _sure(has: Sequence[str], says: str, confidence: float) -> float:
    """How often such a label is right; 0 for one that the text does not speak for: an editor knows better."""
    return round(confidence, 2) if has and has[0] == says else 0.0


def _reasons(slug: str, witnesses: Sequence[Witness]) -> tuple[Reason, ...]:
    own = sorted((w for w in witnesses if w.label == slug), key=lambda w: (-abs(w.weight), w.words))
    said: dict[str, Reason] = {}
    for w in own:
        said.setdefault(w.words.casefold(), Reason(words=w.words, table=w.table, weight=w.weight))
    return tuple(said.values())[:_MOST_REASONS]
