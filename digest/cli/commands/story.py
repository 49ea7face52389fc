"""`digest story`: stories put together, taken apart and pinned by hand."""

from pathlib import Path

import click

from digest import edit
from digest.cli.actions.find_page import item_of, items_of
from digest.cli.actions.load_archive import library
from digest.cli.options import takes_site
from digest.cli.process.clock import now_of
from digest.cli.sites import Site, site_of
from digest.cli.terminal.reporter import Reporter, count
from digest.content.store.archive import Archive


@click.group()
def command() -> None:
    """Merge, split and pin stories."""


@command.command("merge")
@click.argument("into", metavar="A")
@click.argument("other", metavar="B")
@takes_site
@click.pass_obj
def merge(out: Reporter, into: str, other: str, site: Path | None) -> int:
    """Let all pages of story B belong to story A; each is named by its slug, or by a PAGE of it."""
    here = site_of(site)
    with library(here) as archive:
        first, second = (_story(archive, here, name) for name in (into, other))
        moved = len(archive.by_story(second)) if first != second else 0
        issues = (
            edit.merge_stories(here.folder, archive, first, second, now_of(None, here.config.zone)) if moved else ()
        )
    summary = "" if issues else f"{count(moved, 'page')} moved to the story {first}."
    return out.end(issues, summary=summary, data={"story": first, "moved": moved})


@command.command("split")
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True)
@takes_site
@click.pass_obj
def split(out: Reporter, pages: tuple[str, ...], site: Path | None) -> int:
    """Let pages be a story of their own, called after the first of them."""
    here = site_of(site)
    with library(here) as archive:
        items = items_of(archive, here, pages)
        issues = edit.split_story(here.folder, archive, items, now_of(None, here.config.zone))
        archive.refresh()
        story = next(archive.items([items[0].path])).story
    return out.end(issues, summary="" if issues else f"A story of their own: {story}.", data={"story": story})


@command.command("pin")
@click.argument("pages", metavar="PAGE", nargs=-1, required=True)
@takes_site
@click.pass_obj
def pin(out: Reporter, pages: tuple[str, ...], site: Path | None) -> int:
    """Write the story of a page into it, so that it stays."""
    here = site_of(site)
    with library(here) as archive:
        items = items_of(archive, here, pages)
    issues = edit.pin_story(here.folder, items, now_of(None, here.config.zone))
    stories = {item.path: item.story for item in items}
    summary = "" if issues else "\n".join(f"Pinned to {story}: content/{path}" for path, story in stories.items())
    return out.end(issues, summary=summary, data={"pinned": stories})


def _story(archive: Archive, site: Site, name: str) -> str:
    """A story by its slug, or that of a page."""
    return name if archive.by_story(name) else item_of(archive, site, name).story
