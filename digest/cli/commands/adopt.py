"""`digest adopt`: writes into hand-made pages what the build would infer."""

from pathlib import Path

import click

from digest.cli.actions.adopt import adopted
from digest.cli.options import takes_site
from digest.cli.process.abort import Stop
from digest.cli.process.clock import now_of
from digest.cli.sites import site_of
from digest.cli.terminal.reporter import Reporter, count
from digest.issues import Issue, issue


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@takes_site
@click.pass_obj
def command(out: Reporter, files: tuple[Path, ...], site: Path | None) -> int:
    """Write id, slug, date, regions, categories and story into hand-made pages that lack them."""
    here = site_of(site)
    content = here.folder / "content"
    paths = [_relative(content, file) for file in files]
    if wrong := [p for p in paths if isinstance(p, Issue)]:
        raise Stop(*wrong)
    pages, issues = adopted(here, [p for p in paths if isinstance(p, str)], now_of(None, here.config.zone))
    summary = f"{count(len(pages), 'page')} completed, {len(files) - len(pages)} as before."
    return out.end(issues, summary=summary, data={"adopted": pages}, severities=here.severities)


def _relative(content: Path, file: Path) -> str | Issue:
    """The file's path below the content folder."""
    for path in (file.resolve(), (content.parent / file).resolve()):
        if path.is_relative_to(content) and path.is_file():
            return path.relative_to(content).as_posix()
    return issue("page-not-found", file.as_posix(), "there is no such page", "name a file below content/")
