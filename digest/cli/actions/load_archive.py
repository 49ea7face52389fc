"""The pages of a site, as commands read them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from digest.cli.process.abort import Stop
from digest.cli.sites import Site
from digest.content.store.archive import SCHEMA, Archive
from digest.content.store.database import open_store
from digest.issues import Place, issue
from digest.labels.engines import engine_fingerprint, site_labeller
from digest.wire import id_of, key_of


@contextmanager
def library(site: Site, cache: Path | None = None) -> Iterator[Archive]:
    """The site's items, up to date with its files. A build with the same `cache` that follows finds them read."""
    try:
        with closing(open_store(cache or site.folder, SCHEMA)) as store:
            archive = Archive(
                site.folder,
                store,
                site.config,
                load_labeller=partial(site_labeller, site.config),
                identify=lambda title, day: id_of(key_of(title), day),
                engine=engine_fingerprint(site.config),
            )
            archive.refresh()
            yield archive
    except sqlite3.OperationalError as error:
        place = Place((site.folder / ".digest").as_posix())
        raise Stop(issue("file-failed", place, f"the cache cannot be written: {error}", "delete it")) from error
