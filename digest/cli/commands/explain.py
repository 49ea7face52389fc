"""`digest explain`: where a page came from, why its labels, its story and its rank."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import click

from digest.builder import Audience, BuildRequest, why
from digest.builder.state.cards import decode_card
from digest.builder.state.database import State
from digest.builder.state.schema import TABLES
from digest.cli.actions.explain import labels_tree, origin_tree, rank_tree, story_tree, thread_tree
from digest.cli.actions.load_archive import library
from digest.cli.options import takes_site
from digest.cli.process.abort import Stop
from digest.cli.process.clock import now_of
from digest.cli.sites import OUTPUT, Site, site_of
from digest.cli.terminal.reporter import Reporter
from digest.cli.terminal.tree import Tree, leaves, text_of
from digest.content.store.archive import SCHEMA
from digest.content.store.database import open_store
from digest.edit import find_item
from digest.ingest import quote_lines
from digest.issues import Issue
from digest.labels.engines import labeller_of, report_of
from digest.model import Item
from digest.site.cards import Card
from digest.site.groups import FRONT
from digest.site.kinds.front import NEWEST_LIMIT
from digest.site.ranking import ranked
from digest.site.urls import item_path, place_in_edition


@click.command()
@click.argument("page", metavar='PAGE|"HEADLINE"')
@takes_site
@click.pass_obj
def command(out: Reporter, page: str, site: Path | None) -> int:
    """Say where a page came from, why these labels, why this story, how high it ranks, why it would be rebuilt.

    Several words that no page has are taken as a headline of your own, and labelled.
    """
    here = site_of(site)
    with library(here) as archive:
        found = find_item(archive, here.folder, here.config, page)
    if isinstance(found, Issue) and (found.code != "page-not-found" or " " not in page):
        raise Stop(found)
    tree = _of_headline(here, page) if isinstance(found, Issue) else _of_page(here, found)
    return out.end(summary=text_of(tree), data={"explained": tree})


def _of_headline(site: Site, headline: str) -> Tree:
    return Tree(headline, labels_tree(report_of(labeller_of(site.config), headline)))


def _of_page(site: Site, item: Item) -> Tree:
    with library(site) as archive:
        body = archive.read_body(item.path) if item.body else ""
        members = archive.by_story(item.story)
        imports = site.config.imports
        earlier = [i for i in archive.items_since(item.day - timedelta(days=imports.story_days)) if i.day <= item.day]
    report = report_of(labeller_of(site.config), item.title, item.summary, body)
    parts = (
        Tree(f"content/{item.path}, id {item.id}, {item.status}"),
        origin_tree(item, _dump_lines(site, item)),
        *labels_tree(report, item),
        story_tree(item, members),
        thread_tree(item, earlier, imports.story_days, imports.version_hours),
        *_rank(site, item),
        *_rebuilt(site, item),
    )
    return Tree(item.title, parts)


def _dump_lines(site: Site, item: Item) -> list[str]:
    """The lines of the kept dump that became the item; none where the dump is gone."""
    if item.origin is None:
        return []
    return [line.text for line in quote_lines(site.folder, item.origin)] or ["(the dump is not here any more)"]


def _rank(site: Site, item: Item) -> Iterator[Tree]:
    """Its place on the front page that was built last."""
    root = item.version_of or item.id
    with closing(open_store(site.folder, SCHEMA, TABLES)) as store:
        rows = State(store, Audience.PUBLIC).cards(FRONT, NEWEST_LIMIT)
    cards = [card for card in map(decode_card, rows) if isinstance(card, Card)]
    order = ranked(cards, site.config.categories)
    for place, rank in enumerate(order, 1):
        if rank.card.id == root:
            yield rank_tree(place, len(order), rank)


def _rebuilt(site: Site, item: Item) -> Iterator[Tree]:
    """Yield what the next build would do with the page, or where readers find an entry without a page."""
    now = now_of(None, site.config.zone)
    reasons = why(BuildRequest(site=site.folder, output=site.folder / OUTPUT, now=now), item_path(item))
    if reasons == (f"{item_path(item)}: no such page",):
        edition = site.config.edition_of(item.day, item.at)
        yield Tree(f"no page of its own: it stands at {place_in_edition(edition, item.version_of or item.id)}")
    else:
        yield Tree("the next build", leaves(*(line.strip() for line in reasons)))
