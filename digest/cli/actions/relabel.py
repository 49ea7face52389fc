"""`digest label --refresh`: labels anew what import labelled and no editor has touched since."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from msgspec import Struct

from digest.cli.actions.load_archive import library
from digest.cli.sites import Site
from digest.cli.terminal.reporter import Reporter, count
from digest.content.seals import seal_of
from digest.content.serialize import Value
from digest.edit import change_fields
from digest.ingest.draft.page import origin_value
from digest.issues import Issue
from digest.labels.engines import site_labeller
from digest.model import Item, Labeller

Named = tuple[str, ...]


class Relabelled(Struct, frozen=True, kw_only=True):
    """A page with other labels than before, and what has to be written for that."""

    path: str
    title: str
    before: dict[str, Named]
    after: dict[str, Named]
    fields: dict[str, Value]


def refresh(out: Reporter, site: Site, now: datetime, *, dry_run: bool) -> int:
    """Writes other labels, and their seals, into the pages that would get others today; a dry run only names them."""
    issues: list[Issue] = []
    done = []
    for change in _changes(site):
        wrong = () if dry_run else change_fields(site.folder, change.path, change.fields, "label refresh", now)
        issues += wrong
        if not wrong:
            done.append({"file": f"content/{change.path}", "before": change.before, "after": change.after})
            moves = (f"{', '.join(change.before[name])} → {', '.join(new)}" for name, new in change.after.items())
            out.say(f"{change.title}\n  {'; '.join(moves)}")
    pages = count(len(done), "page")
    summary = f"{pages} would get other labels." if dry_run else f"{pages} with other labels than before."
    data = {"relabelled": done, "dry_run": dry_run}
    return out.end(issues, summary=summary, data=data, severities=site.severities)


def _changes(site: Site) -> list[Relabelled]:
    labeller = site_labeller(site.config)
    with library(site) as archive:
        items = archive.items(row.path for row in archive.rows())
        found = ((item, archive.read_body(item.path) if item.body else "") for item in items if item.origin)
        return [change for item, body in found for change in _change(item, labeller, body)]


def _change(item: Item, labeller: Labeller, body: str) -> Iterator[Relabelled]:
    """The fields that import wrote, that still are as it wrote them, and that would be others now."""
    origin = item.origin
    says = labeller.label(item.title, item.summary, body)
    anew = {
        "regions": (item.regions, (says.region, *says.other_regions)),
        "categories": (item.categories, (says.category, *says.other_categories)),
    }
    seals = origin.seals if origin else {}
    other = {n: (old, new) for n, (old, new) in anew.items() if old != new and seals.get(n) == seal_of(old)}
    if origin and other:
        after = {name: new for name, (_, new) in other.items()}
        sealed = msgspec.structs.replace(origin, seals={**seals, **{n: seal_of(new) for n, new in after.items()}})
        fields: dict[str, Value] = {**after, "wire": origin_value(sealed)}
        before = {name: old for name, (old, _) in other.items()}
        yield Relabelled(path=item.path, title=item.title, before=before, after=after, fields=fields)
