"""What a build changed of the output, in the words of a reader: addresses, not files."""

from collections.abc import Iterable, Mapping, Sequence

from digest.builder.request import Changes
from digest.builder.state.database import PageRow, State

ITEM = "item"
_INDEX = "index.html"


def changes_of(
    state: State, assets: Sequence[str], drawn: Iterable[str], removed: Sequence[PageRow], gone: Mapping[str, str]
) -> Changes:
    """From the files that are new in the stage and the pages that went; `gone` are entries by id, with their files.

    A page that moved has kind and key still, or is what the same file of the content folder makes now: the id of a page
    that says none follows from its title.
    """
    changed = tuple(map(address_of, drawn))
    came = {*changed} if removed else set()
    leaving = [row for row in removed if row.url not in came]
    moved = {}
    if leaving:
        rows = [row for url in changed if (row := state.page(url))]
        places = {(row.kind, row.key): row.url for row in rows}
        files = {e.path: places[ITEM, e.root] for e in state.entries(r.key for r in rows if r.kind == ITEM).values()}
        for row in leaving:
            file = gone.get(row.key, "") if row.kind == ITEM else ""
            if to := places.get((row.kind, row.key)) or files.get(file):
                moved[row.url] = to
    return Changes(
        changed=changed,
        moved=moved,
        removed=tuple(row.url for row in leaving if row.url not in moved),
        assets=tuple(map(address_of, assets)),
    )


def address_of(file: str) -> str:
    """The path at which a file of the output is found; an `index.html` is its folder's."""
    return f"/{file.removesuffix(_INDEX)}" if f"/{file}".endswith(f"/{_INDEX}") else f"/{file}"
