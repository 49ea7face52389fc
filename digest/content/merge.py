"""Whether the wire may change what stands in a page: field by field, paragraph by paragraph.

What import wrote last is known by its seals. So there are three of everything: what import wrote (its seal), what
stands there now, and what the wire says. Untouched, the wire's is taken; touched, the editor's stays, and where the
wire has changed as well its text is offered. What an editor has deleted counts as touched. The paragraphs are merged as
diff3 does it, see Khanna, Kunal and Pierce, "A Formal Investigation of Diff3" (FSTTCS 2007).
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from digest.content.seals import FieldText, paragraph_seals, seal_of

Side = Literal["wire", "ours"]


class MergeConflict(Struct, frozen=True, kw_only=True):
    """What the wire says where an editor has said something else. `field` is `body` for paragraphs."""

    field: str
    ours: str
    theirs: str


class MergedFields(Struct, frozen=True, kw_only=True):
    """The fields to change, the new seals of all fields that import wrote, and what is only offered."""

    changes: dict[str, FieldText]
    seals: dict[str, str]
    conflicts: tuple[MergeConflict, ...] = ()


class MergedBody(Struct, frozen=True, kw_only=True):
    """The paragraphs that stand in the page now, the new seals, and what is only offered."""

    paragraphs: tuple[str, ...]
    seals: tuple[str, ...]
    conflicts: tuple[MergeConflict, ...] = ()


def merge_fields(
    current: Mapping[str, FieldText], wire: Mapping[str, FieldText], seals: Mapping[str, str], side: Side | None = None
) -> MergedFields:
    """Merge what the wire says of some fields into what a page says; an absent field is empty.

    With a `side`, what would be offered is decided for it.
    """
    changes: dict[str, FieldText] = {}
    new_seals = dict(seals)
    offers: list[MergeConflict] = []
    for field, theirs in wire.items():
        ours, theirs_seal = current.get(field, ""), seal_of(theirs)
        ours_seal, wrote = seal_of(ours), seals.get(field, seal_of(""))
        both_changed = wrote not in (ours_seal, theirs_seal) and ours_seal != theirs_seal
        if both_changed and side is None:
            offers.append(MergeConflict(field=field, ours=_shown(ours), theirs=_shown(theirs)))
            continue
        if ours_seal != theirs_seal and (ours_seal == wrote or (both_changed and side == "wire")):
            changes[field] = theirs
        if field in changes or both_changed or ours_seal == theirs_seal:
            new_seals[field] = theirs_seal
    return MergedFields(changes=changes, seals=new_seals, conflicts=tuple(offers))


def merge_body(
    current: Sequence[str], wire: Sequence[str], seals: Sequence[str], side: Side | None = None
) -> MergedBody:
    """Merge the wire's paragraphs into a page's; `seals` are those of the paragraphs that import wrote.

    With a `side`, what would be offered is decided for it. Paragraphs that come more than once can be paired in several
    ways: a merge that the same words would change again is not made, and all that the wire says is offered.
    """
    merged = _merged(current, wire, seals, side)
    if merged.conflicts and _merged(merged.paragraphs, wire, merged.seals, side).paragraphs != merged.paragraphs:
        offer = MergeConflict(field="body", ours="\n\n".join(current), theirs="\n\n".join(wire))
        return MergedBody(paragraphs=tuple(current), seals=tuple(seals), conflicts=(offer,))
    return merged


def _merged(current: Sequence[str], wire: Sequence[str], seals: Sequence[str], side: Side | None) -> MergedBody:
    ours, theirs = paragraph_seals(current), paragraph_seals(wire)
    paragraphs: list[str] = []
    new_seals: list[str] = []
    offers: list[MergeConflict] = []
    for base, mine, their in _regions(seals, ours, theirs):
        takes_wire = ours[mine] in (tuple(seals[base]), theirs[their])
        both_changed = not takes_wire and theirs[their] != tuple(seals[base])
        paragraphs += wire[their] if takes_wire or (both_changed and side == "wire") else current[mine]
        new_seals += seals[base] if both_changed and side is None else theirs[their]
        if both_changed and side is None:
            offers.append(MergeConflict(field="body", ours="\n\n".join(current[mine]), theirs="\n\n".join(wire[their])))
    return MergedBody(paragraphs=tuple(paragraphs), seals=tuple(new_seals), conflicts=tuple(offers))


def _regions(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[slice, slice, slice]]:
    """The three lists cut at what all three share, region by region; of equal lengths, paragraph by paragraph."""
    at_ours, at_theirs = _matches(base, ours), _matches(base, theirs)
    shared = [(i, at_ours[i], at_theirs[i]) for i in range(len(base)) if i in at_ours and i in at_theirs]
    done = (0, 0, 0)
    for here in (*shared, (len(base), len(ours), len(theirs))):
        starts_and_stops = list(zip(done, here, strict=True))
        lengths = {stop - start for start, stop in starts_and_stops}
        if len(lengths) == 1:
            for n in range(lengths.pop()):
                first, second, third = (slice(start + n, start + n + 1) for start, _ in starts_and_stops)
                yield first, second, third
        else:
            first, second, third = (slice(start, stop) for start, stop in starts_and_stops)
            yield first, second, third
        if here[0] < len(base):
            first, second, third = (slice(at, at + 1) for at in here)
            yield first, second, third
        done = (here[0] + 1, here[1] + 1, here[2] + 1)


def _matches(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Which element of `other` each element of `base` is, in one order."""
    found: dict[int, int] = {}
    for match in SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks():
        found.update((match.a + n, match.b + n) for n in range(match.size))
    return found


def _shown(value: FieldText) -> str:
    return value if isinstance(value, str) else ", ".join(value)
