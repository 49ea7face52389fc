"""Three-way merge of an edited page with new text from the wire, by field and by paragraph.

The base is the text that import wrote last, known by its seals; the other two are the page now and the wire. A value
that no editor has changed takes the wire's text. An edited value stays; if the wire has changed too, the result holds a
MergeConflict. Deleting counts as editing. Paragraphs are merged as in diff3: Khanna, Kunal and Pierce, "A Formal
Investigation of Diff3" (FSTTCS 2007).
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from digest.content.seals import FieldText, paragraph_seals, seal_of

Side = Literal["wire", "ours"]


class MergeConflict(Struct, frozen=True, kw_only=True):
    """A text of the wire that differs from an editor's text. `field` is `body` for paragraphs."""

    field: str
    ours: str
    theirs: str


class MergedFields(Struct, frozen=True, kw_only=True):
    """Result of merging fields: values to set, new seals of the fields that import wrote, and conflicts."""

    changes: dict[str, FieldText]
    seals: dict[str, str]
    conflicts: tuple[MergeConflict, ...] = ()


class MergedBody(Struct, frozen=True, kw_only=True):
    """Result of merging bodies: paragraphs of the page, their new seals, and conflicts."""

    paragraphs: tuple[str, ...]
    seals: tuple[str, ...]
    conflicts: tuple[MergeConflict, ...] = ()


def merge_fields(
    current: Mapping[str, FieldText], wire: Mapping[str, FieldText], seals: Mapping[str, str], side: Side | None = None
) -> MergedFields:
    """Merge fields of the wire into those of a page; an absent field counts as empty.

    `side` resolves all conflicts for the wire or for the page ("ours").
    """
    changes: dict[str, FieldText] = {}
    new_seals = dict(seals)
    conflicts: list[MergeConflict] = []
    for field, theirs in wire.items():
        ours, theirs_seal = current.get(field, ""), seal_of(theirs)
        ours_seal, base_seal = seal_of(ours), seals.get(field, seal_of(""))
        both_changed = base_seal not in (ours_seal, theirs_seal) and ours_seal != theirs_seal
        if both_changed and side is None:
            conflicts.append(MergeConflict(field=field, ours=_shown(ours), theirs=_shown(theirs)))
            continue
        if ours_seal != theirs_seal and (ours_seal == base_seal or (both_changed and side == "wire")):
            changes[field] = theirs
        if field in changes or both_changed or ours_seal == theirs_seal:
            new_seals[field] = theirs_seal
    return MergedFields(changes=changes, seals=new_seals, conflicts=tuple(conflicts))


def merge_body(
    current: Sequence[str], wire: Sequence[str], seals: Sequence[str], side: Side | None = None
) -> MergedBody:
    """Merge the wire's paragraphs into a page's; `seals` are those of the paragraphs that import wrote.

    `side` resolves all conflicts. Repeated paragraphs can be paired in several ways. If merging the same text again
    would change the page again, nothing is merged and the whole body is one conflict.
    """
    merged = _merged(current, wire, seals, side)
    if merged.conflicts and _merged(merged.paragraphs, wire, merged.seals, side).paragraphs != merged.paragraphs:
        conflict = MergeConflict(field="body", ours="\n\n".join(current), theirs="\n\n".join(wire))
        return MergedBody(paragraphs=tuple(current), seals=tuple(seals), conflicts=(conflict,))
    return merged


def _merged(current: Sequence[str], wire: Sequence[str], seals: Sequence[str], side: Side | None) -> MergedBody:
    ours, theirs = paragraph_seals(current), paragraph_seals(wire)
    paragraphs: list[str] = []
    new_seals: list[str] = []
    conflicts: list[MergeConflict] = []
    for base, our, their in _regions(seals, ours, theirs):
        unedited = ours[our] in (tuple(seals[base]), theirs[their])
        both_changed = not unedited and theirs[their] != tuple(seals[base])
        paragraphs += wire[their] if unedited or (both_changed and side == "wire") else current[our]
        new_seals += seals[base] if both_changed and side is None else theirs[their]
        if both_changed and side is None:
            conflicts.append(
                MergeConflict(field="body", ours="\n\n".join(current[our]), theirs="\n\n".join(wire[their]))
            )
    return MergedBody(paragraphs=tuple(paragraphs), seals=tuple(new_seals), conflicts=tuple(conflicts))


def _regions(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[slice, slice, slice]]:
    """Yield matching regions of the three lists, cut at elements that all three share.

    Regions of equal lengths are yielded paragraph by paragraph.
    """
    at_ours, at_theirs = _matches(base, ours), _matches(base, theirs)
    shared = [(i, at_ours[i], at_theirs[i]) for i in range(len(base)) if i in at_ours and i in at_theirs]
    previous = (0, 0, 0)
    for match in (*shared, (len(base), len(ours), len(theirs))):
        starts_and_stops = list(zip(previous, match, strict=True))
        lengths = {stop - start for start, stop in starts_and_stops}
        if len(lengths) == 1:
            for n in range(lengths.pop()):
                first, second, third = (slice(start + n, start + n + 1) for start, _ in starts_and_stops)
                yield first, second, third
        else:
            first, second, third = (slice(start, stop) for start, stop in starts_and_stops)
            yield first, second, third
        if match[0] < len(base):
            first, second, third = (slice(at, at + 1) for at in match)
            yield first, second, third
        previous = (match[0] + 1, match[1] + 1, match[2] + 1)


def _matches(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Return the index in `other` of each element of `base` that both share, in the same order."""
    pairs: dict[int, int] = {}
    for block in SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks():
        pairs.update((block.a + n, block.b + n) for n in range(block.size))
    return pairs


def _shown(value: FieldText) -> str:
    return value if isinstance(value, str) else ", ".join(value)
