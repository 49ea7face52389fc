"""State of an entry as the panel shows it: fields, every possible label with its evidence, story, and files."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from digest import issues
from digest.content.store.scan import CONTENT_FOLDER
from digest.issues import Severity
from digest.labels.engines import report_of
from digest.model import Correction, Evidence
from digest.preview.desk.entry_files import EntryFiles
from digest.preview.desk.entry_index import EntryIndex, IndexedItem
from digest.preview.server.overlay import editor_link

_MAX_REASONS = 6
_MAX_SUGGESTION_LENGTH = 240
_SENTENCE = re.compile(r".+?[.!?…][”’\"')]*(?=\s|\Z)", re.DOTALL)


class Reason(Struct, frozen=True, kw_only=True):
    """Evidence for a label: words of the text, their weight, and the table that maps them to the label."""

    words: str
    table: str
    weight: float


class LabelChoice(Struct, frozen=True, kw_only=True):
    """A label of the site that the entry has or could have.

    `position` is 1 for the first label of the entry, 2 … for its other labels, 0 for labels that it does not have.
    `score` is the label's share of the evidence (0–1). `is_predicted` is true for the label that the engine would
    choose.
    """

    slug: str
    name: str
    position: int
    score: float
    is_predicted: bool
    reasons: tuple[Reason, ...]


class StoryMember(Struct, frozen=True, kw_only=True):
    """Another entry of the same story."""

    id: str
    title: str
    day: date


class FileLink(Struct, frozen=True, kw_only=True):
    """A file of the entry, and the link that opens it in the editor."""

    file: str
    editor: str


class EntryState(Struct, frozen=True, kw_only=True):
    """State of an entry.

    A change must name `digest`. `rank_counts` is true if the edition is the newest, the only one whose ranks count.
    `suggested_summary` is the first sentence of the text if the entry has no summary.
    """

    id: str
    digest: str
    title: str
    summary: str
    suggested_summary: str
    kind: str
    day: date
    edition: date
    rank_counts: bool
    lead: int
    status: str
    byline: str
    sources: tuple[str, ...]
    link: str
    files: tuple[FileLink, ...]
    regions: tuple[LabelChoice, ...]
    categories: tuple[LabelChoice, ...]
    region_confidence: float
    category_confidence: float
    story: str
    members: tuple[StoryMember, ...]
    corrections: tuple[Correction, ...]
    issues: tuple[str, ...]


def state_of(index: EntryIndex, entry: EntryFiles, newest: date | None) -> EntryState:
    """Return the state of an entry from its files. `newest` is the newest edition of the site."""
    config, item, root = index.config, entry.latest.item, entry.entry.root
    text = entry.entry.text
    report = report_of(
        index.labeller, item.title, item.summary, index.archive.read_body(text.path) if text.body else ""
    )
    edition = config.edition_of(root.day, root.at)
    regions = {slug: table.name for slug, table in config.regions.items()}
    categories = {slug: table.name for slug, table in config.categories.items()}
    return EntryState(
        id=root.id,
        digest=entry.digest,
        title=item.title,
        summary=item.summary,
        suggested_summary="" if item.summary else first_sentence(text.standfirst),
        kind=str(text.kind),
        day=root.day,
        edition=edition,
        rank_counts=newest is None or edition >= newest,
        lead=item.lead or root.lead,
        status=str(root.status if root.status != "published" else item.status),
        byline=text.byline,
        sources=item.sources,
        link=item.link,
        files=tuple(_file_link(index, file.path) for file in entry.files),
        regions=label_choices(regions, item.regions, report.labels.region, report.regions, report.evidence),
        categories=label_choices(
            categories, item.categories, report.labels.category, report.categories, report.evidence
        ),
        region_confidence=_confidence(item.regions, report.labels.region, report.labels.region_confidence),
        category_confidence=_confidence(item.categories, report.labels.category, report.labels.category_confidence),
        story=root.story,
        members=tuple(_other_members(index, entry)),
        corrections=item.corrections,
        issues=tuple(str(one) for file in entry.files for one in file.issues if one.severity is not Severity.NOTE),
    )


def label_choices(
    names: Mapping[str, str],
    current: Sequence[str],
    predicted: str,
    scores: Iterable[tuple[str, float]],
    witnesses: Sequence[Evidence],
) -> tuple[LabelChoice, ...]:
    """Return all labels of the site, in its order. `current` are the entry's labels."""
    score_of = {slug: max(0.0, score) for slug, score in scores}
    total = sum(score_of.values()) or 1.0
    return tuple(
        LabelChoice(
            slug=slug,
            name=name,
            position=current.index(slug) + 1 if slug in current else 0,
            score=round(score_of.get(slug, 0.0) / total, 3),
            is_predicted=slug == predicted,
            reasons=_reasons(slug, witnesses),
        )
        for slug, name in names.items()
    )


def story_members(index: EntryIndex, story: str) -> list[IndexedItem]:
    """Return the newest version of each entry of a story, oldest first."""
    entry_ids = dict.fromkeys(index.entry_at(item.path) for item in index.items_by_path.values() if item.story == story)
    latest = (index.latest(entry_id) for entry_id in entry_ids if entry_id)
    return sorted((item for item in latest if item), key=lambda item: item.order)


def first_sentence(text: str) -> str:
    """Return the first sentence of a paragraph, shortened between words if it is long."""
    match = _SENTENCE.match(text)
    sentence = match[0] if match else text
    if len(sentence) <= _MAX_SUGGESTION_LENGTH:
        return sentence
    return sentence[:_MAX_SUGGESTION_LENGTH].rpartition(" ")[0] + "…"


def _file_link(index: EntryIndex, path: str) -> FileLink:
    file = f"{CONTENT_FOLDER}/{path}"
    return FileLink(file=file, editor=editor_link(issues.Place(file, 1, 1), index.site, index.config.preview.editor))


def _other_members(index: EntryIndex, entry: EntryFiles) -> Iterable[StoryMember]:
    for item in story_members(index, entry.entry.root.story):
        entry_id = index.entry_at(item.path)
        if entry_id != entry.id:
            yield StoryMember(id=entry_id, title=item.title, day=item.day)


def _confidence(current: Sequence[str], predicted: str, confidence: float) -> float:
    """Return the confidence in the first label; 0 if the engine predicts another one, since an editor chose it."""
    return round(confidence, 2) if current and current[0] == predicted else 0.0


def _reasons(slug: str, witnesses: Sequence[Evidence]) -> tuple[Reason, ...]:
    """Return the strongest evidence for a label, each phrase once."""
    ranked = sorted((w for w in witnesses if w.label == slug), key=lambda w: (-abs(w.weight), w.words))
    by_words: dict[str, Reason] = {}
    for w in ranked:
        by_words.setdefault(w.words.casefold(), Reason(words=w.words, table=w.table, weight=w.weight))
    return tuple(by_words.values())[:_MAX_REASONS]
