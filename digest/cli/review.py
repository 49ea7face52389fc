"""`digest label --review`: the site's pages, the least sure labels first."""

from pathlib import Path
from typing import Any

from digest.cli.library import Library, library_of
from digest.cli.report import Reporter
from digest.cli.sites import Site
from digest.labels import engine
from digest.model import Item, Labels


def review(out: Reporter, site: Site) -> int:
    """Prints each page with the labels that it has and those that its text would get, and how sure these are."""
    ...
