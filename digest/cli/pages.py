"""PAGE on a command line → the page of the site that it means."""

from pathlib import Path

from digest.cli.sites import Site
from digest.cli.stop import Stop
from digest.issues import Place, issue


def path_of(site: Site, page: str) -> str:
    """The page's path relative to the content folder."""
    content = site.folder / "content"
    for file in (Path(page).resolve(), content / page):
        if file.is_file() and file.is_relative_to(content):
            return file.relative_to(content).as_posix()
    hint = "name it by its id, file or URL, or by words that only its headline has"
    raise Stop(issue("page-not-found", Place(), f"no page is called `{page}`", hint))


def found(site: Site, page: str, *, or_headline: bool = False) -> str | None:
    """The same; with `or_headline` None for several words that no page has."""
    try:
        return path_of(site, page)
    except Stop:
        if or_headline and " " in page:
            return None
        raise
