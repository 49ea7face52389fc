"""`digest label --review`: the site's pages, the least sure labels first."""

from collections.abc import Iterator

from msgspec import Struct

from digest.cli.actions.load_archive import library
from digest.cli.sites import Site
from digest.cli.terminal.reporter import Reporter
from digest.labels.engines import labeller_of
from digest.model import Item, Labels


class Opinion(Struct, frozen=True, kw_only=True):
    """A page with the labels that it has, and those that its text would get."""

    path: str
    title: str
    region: str
    category: str
    confidence: float
    says: Labels

    @property
    def agrees(self) -> bool:
        """True when the text would get the same primary labels."""
        return (self.region, self.category) == (self.says.region, self.says.category)


def review(out: Reporter, site: Site) -> int:
    """Prints each page with its labels, how sure its text is of its own, and which these are where they differ."""
    opinions = sorted(_opinions(site), key=lambda o: (o.confidence, o.path))
    for opinion in opinions:
        also = "" if opinion.agrees else f"  (its text says {opinion.says.region}, {opinion.says.category})"
        out.say(f"{opinion.confidence:4.0%}  {opinion.region}, {opinion.category}{also}\n      {opinion.title}")
        out.say(f"      content/{opinion.path}")
    return out.end(data={"pages": opinions})


def _opinions(site: Site) -> Iterator[Opinion]:
    labeller = labeller_of(site.config)
    with library(site) as archive:
        for item in archive.items(row.path for row in archive.rows()):
            says = labeller.label(item.title, item.summary, archive.read_body(item.path) if item.body else "")
            yield _opinion(item, says)


def _opinion(item: Item, says: Labels) -> Opinion:
    region, category = item.regions[0], item.categories[0]
    return Opinion(
        path=item.path, title=item.title, region=region, category=category, confidence=says.confidence, says=says
    )
