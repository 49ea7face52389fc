"""What a build changed of the output, in the words of a reader: addresses, not files."""

from collections.abc import Iterable, Sequence

from digest.build.request import Changes
from digest.build.state import PageRow, State

_INDEX = "index.html"


def changes_of(state: State, assets: Sequence[str], drawn: Iterable[str], removed: Sequence[PageRow]) -> Changes:
    """From the files that are new in the stage and the pages that went. A page that moved has kind and key still."""
    changed = dict.fromkeys(map(address_of, drawn))
    gone = [row for row in removed if row.url not in changed]
    moved = {}
    if gone:
        came = {(row.kind, row.key): row.url for url in changed if (row := state.page(url))}
        moved = {row.url: came[row.kind, row.key] for row in gone if (row.kind, row.key) in came}
    return Changes(
        changed=tuple(changed),
        moved=moved,
        removed=tuple(row.url for row in gone if row.url not in moved),
        assets=tuple(map(address_of, assets)),
    )


def address_of(file: str) -> str:
    """The path at which a file of the output is found; an `index.html` is its folder's."""
    return f"/{file.removesuffix(_INDEX)}" if f"/{file}".endswith(f"/{_INDEX}") else f"/{file}"
