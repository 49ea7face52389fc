"""Explanations of a page as trees: origin, labels, story, ranking. Pure."""

from collections.abc import Iterable, Sequence

from digest.cli.terminal.tree import Tree, leaves
from digest.labels import Report
from digest.model import Item, Known, Witness
from digest.site.ranking import Rank
from digest.stories import Index, same

_RUNNERS_UP = 3


def origin_tree(item: Item, lines: Sequence[str]) -> Tree:
    """Return the dump and the lines that became the page."""
    origin = item.origin
    if origin is None:
        return Tree("made by hand, not by import")
    marked = leaves(f"marked by the wire: {', '.join(item.markers)}") if item.markers else ()
    also = leaves(*(f"said again in {name}" for name in origin.also))
    quoted = tuple(Tree(f"{n} | {line}") for n, line in enumerate(lines, int(origin.lines.split("-")[0])))
    at = f"content/dumps/{origin.dump}, lines {origin.lines}, item {origin.position} from the top, seen {origin.seen}"
    return Tree(f"from {at}", (*quoted, *marked, *also))


def labels_tree(report: Report, item: Item | None = None) -> tuple[Tree, ...]:
    """Return the labels that the text suggests, with scores and evidence; with an item, beside its actual labels."""
    says = report.labels
    regions, categories = (item.regions, item.categories) if item else ((), ())
    return (
        _label("region", says.region, says.region_confidence, regions, report.regions, report.witnesses),
        _label("category", says.category, says.category_confidence, categories, report.categories, report.witnesses),
    )


def _label(
    what: str,
    says: str,
    confidence: float,
    written: Sequence[str],
    scores: Sequence[tuple[str, float]],
    witnesses: Sequence[Witness],
) -> Tree:
    has = f"{what} {', '.join(written)}; " if written else f"{what} "
    verdict = f"its text says {says} ({confidence:.0%})" if written else f"{says} ({confidence:.0%})"
    chances = leaves(*(f"{slug} {score:.2f}" for slug, score in scores[:_RUNNERS_UP]))
    return Tree(has + verdict, tuple(Tree(t.text, _heard(t.text.split(" ")[0], witnesses)) for t in chances))


def _heard(label: str, witnesses: Sequence[Witness]) -> tuple[Tree, ...]:
    own = sorted((w for w in witnesses if w.label == label), key=lambda w: (-w.weight, w.words))
    return leaves(*(f"{w.words}: {w.table} {w.weight:+g}" for w in own))


def story_tree(item: Item, members: Sequence[Item]) -> Tree:
    """Return the other entries of the story, each with the similarity of its headline."""
    others = [m for m in members if m.id != item.id]
    if not others:
        return Tree(f"story {item.story}: no other entry has it")
    return Tree(f"story {item.story}, {len(members)} pages", tuple(_member(item, other) for other in others))


def thread_tree(item: Item, earlier: Iterable[Item], window_days: int, version_hours: int) -> Tree:
    """Return the threading decision for an item among earlier items: its reasons, and the second-best candidate."""
    index = Index(window_days, version_hours)
    for known in sorted(earlier, key=lambda i: i.order):
        if known.order < item.order:
            index.add(_known(known))
    thread = index.thread(_known(item))
    why = leaves(*(f"{w.table}: {w.words} {w.weight:+g}" for w in thread.evidence if w.table != "second"))
    second = leaves(*(f"second: {w.words} ({w.label}) {w.weight:g}" for w in thread.evidence if w.table == "second"))
    to = f" {thread.of}" if thread.of else ""
    pinned = "" if thread.story == item.story or not thread.of else f"; its page says {item.story}"
    return Tree(
        f"threading: {thread.relation}{to}, story {thread.story}, score {thread.score:.2f}{pinned}", (*why, *second)
    )


def _known(item: Item) -> Known:
    seen = item.origin.seen if item.origin else item.day.isoformat()
    root = item.version_of or item.id
    return Known(id=item.id, title=item.title, day=item.day, seen=seen, story=item.story, root=root)


def _member(item: Item, other: Item) -> Tree:
    score, evidence = same(other.title, item.title)
    relation = "version of it" if other.version_of == item.id else "what it is a version of"
    kin = f", {relation}" if item.id == other.version_of or other.id == item.version_of else ""
    reasons = leaves(*(f"{w.table}: {w.words} {w.weight:+g}" for w in evidence))
    return Tree(f"{other.day} {other.title} (likeness {score:.2f}{kin})", reasons)


def rank_tree(place: int, of: int, rank: Rank) -> Tree:
    """Return the parts of the score on the front page."""
    parts = {
        "subject": rank.subject,
        "follow-ups": rank.follow_ups,
        "sightings": rank.sightings,
        "position": rank.position,
        "age": rank.age,
        "sibling": rank.sibling,
    }
    by_hand = f", by hand (lead: {rank.card.lead})" if rank.card.lead else ""
    title = f"place {place} of {of} on the front page{by_hand}, score {rank.score:.2f}"
    return Tree(title, leaves(*(f"{name} {part:+.2f}" for name, part in parts.items() if part)))
