"""`digest kill`, `hold` and `release`: what an editor decides about a page as a whole."""

from pathlib import Path

import click

from digest import edit
from digest.cli.actions.find_page import item_of
from digest.cli.actions.load_archive import library
from digest.cli.options import takes_site
from digest.cli.process.abort import misuse
from digest.cli.process.clock import now_of
from digest.cli.sites import site_of
from digest.cli.terminal.reporter import Reporter
from digest.content.store.archive import Archive
from digest.model import Item, Status
from digest.site.entries import group_versions

_reason = click.option("--reason", default="", metavar="TEXT", help="Why; kept in the page, for editors.")


@click.command("kill")
@click.argument("page")
@_reason
@click.option("--erase", is_flag=True, help="Delete the files too, all versions, with no way back.")
@takes_site
@click.pass_obj
def kill(out: Reporter, page: str, reason: str, erase: bool, site: Path | None) -> int:
    """Take a page off the site: its address says that it is gone, and import does not make it again."""
    if erase and reason:
        raise misuse("`--erase` leaves no page to keep a reason in", "leave `--reason` out")
    here = site_of(site)
    now = now_of(None, here.config.zone)
    with library(here) as archive:
        item = item_of(archive, here, page)
        family = [member.path for member in _family(archive, item)]
    issues = edit.erase(here.folder, family) if erase else edit.kill(here.folder, item.path, reason, now)
    verb = "Erased" if erase else "Killed"
    return out.end(issues, summary="" if issues else f"{verb}: {item.title}{_until_built()}", data=_plain(item))


@click.command("hold")
@click.argument("page")
@_reason
@takes_site
@click.pass_obj
def hold(out: Reporter, page: str, reason: str, site: Path | None) -> int:
    """Keep a page from being published, until it is released."""
    here = site_of(site)
    with library(here) as archive:
        item = item_of(archive, here, page)
    issues = edit.hold(here.folder, item.path, reason, now_of(None, here.config.zone))
    return out.end(issues, summary="" if issues else f"Held: {item.title}{_until_built()}", data=_plain(item))


@click.command("release")
@click.argument("page")
@takes_site
@click.pass_obj
def release(out: Reporter, page: str, site: Path | None) -> int:
    """Publish a page that was held, killed or a draft; what was killed comes back with all its versions."""
    here = site_of(site)
    with library(here) as archive:
        item = item_of(archive, here, page)
        killed = [member.path for member in _family(archive, item) if member.status is Status.KILLED]
    issues = edit.release(here.folder, list(dict.fromkeys((item.path, *killed))), now_of(None, here.config.zone))
    return out.end(issues, summary="" if issues else f"Released: {item.title}{_until_built()}", data=_plain(item))


def _family(archive: Archive, item: Item) -> tuple[Item, ...]:
    """All versions of the entry that an item belongs to."""
    families = group_versions(archive.rows()).paths_by_root.values()
    return tuple(archive.items(next(paths for paths in families if item.path in paths)))


def _until_built() -> str:
    return "\nThe site shows it after the next digest build."


def _plain(item: Item) -> dict[str, str]:
    return {"id": item.id, "file": f"content/{item.path}", "title": item.title}
