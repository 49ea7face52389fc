"""`digest label --suggest`: terms for digest.toml, learnt from the pages whose labels an editor changed."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from digest.cli.actions.load_archive import library
from digest.cli.sites import Site
from digest.cli.terminal.reporter import Reporter, count
from digest.content.seals import seal_of
from digest.content.store.archive import Archive
from digest.labels import Corrected, Suggestion, chosen, suggest, tried
from digest.labels.engines import engine_named, labeller_of
from digest.model import Item, Labeller, Term

_MOST_TRIED = 20
_MOST_NAMED = 10


def propose(out: Reporter, site: Site) -> int:
    """Prints TOML that can be pasted as it stands: a `[[terms]]` block for each term, with what it moves beside it."""
    titles: dict[str, str] = {}
    found = chosen(tuple(_proposals(site, titles)))
    for one in found:
        out.say(f"{block_of(one, titles)}\n")
    summary = f"# {count(len(found), 'term')} to choose from."
    return out.end(summary=summary, data={"suggestions": [_plain(one, titles) for one in found]})


def _proposals(site: Site, titles: dict[str, str]) -> Iterator[Suggestion]:
    """The terms that hold. Fills `titles` by page."""
    taxonomy = site.config.taxonomy
    labeller = labeller_of(site.config)

    def teach(term: Term) -> Labeller:
        return engine_named(site.config.labels.engine, msgspec.structs.replace(taxonomy, terms=(*taxonomy.terms, term)))

    with library(site) as archive:
        seen = list(_pages(archive, seen=True))
        drafts = suggest(seen, labeller, taxonomy)[:_MOST_TRIED]
        words = {draft.term.match for draft in drafts}
        others = [page for page in _pages(archive, seen=False) if any(map(page.holds, words))] if drafts else []
    titles.update((page.id, page.headline) for page in (*seen, *others))
    for draft in drafts:
        if one := tried(draft, seen, others, labeller, teach):
            yield one


def _pages(archive: Archive, *, seen: bool) -> Iterator[Corrected]:
    """The pages whose labels an editor wrote or changed, or those whose labels nobody touched."""
    for item in archive.items(row.path for row in archive.rows()):
        if _is_seen(item) == seen:
            yield Corrected(
                id=f"content/{item.path}",
                headline=item.title,
                region=item.regions[0],
                category=item.categories[0],
                summary=item.summary,
                body=archive.read_body(item.path) if item.body else "",
            )


def _is_seen(item: Item) -> bool:
    """Return True when an editor set the labels: a hand-made page, or a label that differs from its seal."""
    if item.origin is None:
        return True
    seals = item.origin.seals
    labels = (("regions", item.regions), ("categories", item.categories))
    return any(seals.get(field) != seal_of(slugs) for field, slugs in labels)


def block_of(one: Suggestion, titles: Mapping[str, str]) -> str:
    """A term as digest.toml has it; the pages that it moves as comments."""
    term = one.term
    lines = ["[[terms]]", f'match = "{term.match}"', f'{one.field} = "{getattr(term, one.field)}"']
    if term.weight != 1.0:
        lines.append(f"weight = {term.weight}")
    for what, pages in (("right", one.right), ("wrong", one.wrong), ("moved, seen by no editor", one.moved)):
        lines += _named(what, pages, titles)
    return "\n".join(lines)


def _named(what: str, pages: Sequence[str], titles: Mapping[str, str]) -> Iterator[str]:
    if pages:
        yield f"# {what}: {len(pages)}"
    yield from (f"#   {titles[page]} ({page})" for page in pages[:_MOST_NAMED])
    if len(pages) > _MOST_NAMED:
        yield f"#   and {len(pages) - _MOST_NAMED} more"


def _plain(one: Suggestion, titles: Mapping[str, str]) -> dict[str, object]:
    """A suggestion for machines: with every page."""
    pages = {"right": one.right, "wrong": one.wrong, "moved": one.moved}
    listed = {what: [{"file": page, "title": titles[page]} for page in own] for what, own in pages.items()}
    return {"term": one.term, **listed}
