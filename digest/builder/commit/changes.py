"""URLs that a build changed, moved or removed."""

from collections.abc import Iterable, Mapping, Sequence

from digest.builder.request import Changes
from digest.builder.state.database import State
from digest.builder.state.schema import PageRow

ITEM = "item"
_INDEX = "index.html"


def changes_of(
    state: State,
    assets: Sequence[str],
    rendered: Iterable[str],
    removed: Sequence[PageRow],
    removed_entries: Mapping[str, str],
) -> Changes:
    """Return the changes of a build from newly staged files (`drawn`) and removed pages.

    `gone` maps the id of a removed entry to its content file. A page has moved when another page has its kind and key,
    or when its content file makes another page now: the id of a page without `id` follows from its title.
    """
    changed = tuple(map(address_of, rendered))
    new_urls = {*changed} if removed else set()
    vanished = [row for row in removed if row.url not in new_urls]
    moved = {}
    if vanished:
        rows = [row for url in changed if (row := state.page(url))]
        urls_by_key = {(row.kind, row.key): row.url for row in rows}
        urls_by_file = {
            e.path: urls_by_key[ITEM, e.root] for e in state.entries(r.key for r in rows if r.kind == ITEM).values()
        }
        for row in vanished:
            file = removed_entries.get(row.key, "") if row.kind == ITEM else ""
            if to := urls_by_key.get((row.kind, row.key)) or urls_by_file.get(file):
                moved[row.url] = to
    return Changes(
        changed=changed,
        moved=moved,
        removed=tuple(row.url for row in vanished if row.url not in moved),
        assets=tuple(map(address_of, assets)),
    )


def address_of(file: str) -> str:
    """Return the URL path of an output file; `index.html` stands for its folder."""
    return f"/{file.removesuffix(_INDEX)}" if f"/{file}".endswith(f"/{_INDEX}") else f"/{file}"
