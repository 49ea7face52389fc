"""Fixtures: a site folder, and an archive of three stories."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from digest.content.store.archive import SCHEMA, Archive
from digest.content.store.database import open_store
from tests.edit.site_folder import CONFIG, SiteFolder, identify, labeller


@pytest.fixture
def newsroom(tmp_path: Path) -> SiteFolder:
    """Return a site without pages."""
    return SiteFolder(tmp_path)


@pytest.fixture
def archive(newsroom: SiteFolder) -> Iterator[Archive]:
    """Yield the refreshed archive of a site with three stories."""
    newsroom.page("2026/03/10/ferry.md", id="n1", title="Ferry sinks off Palawan", story="ferry")
    newsroom.page("2026/03/11/ferry-2.md", id="n2", title="Divers reach ferry off Palawan", story="ferry")
    newsroom.page(
        "2026/03/11/divers.md", id="n3", title="Divers reach the ferry off Palawan", story="ferry", version_of="n2"
    )
    newsroom.page("2026/03/10/loom.md", id="n4", title="Weaver restores a loom: 'at last'", story="loom")
    newsroom.page("opinion/ferries.md", id="n5", title="Who owns the ferries?", date="2026-03-12", story="owners")
    with closing(open_store(newsroom.site, SCHEMA)) as store:
        made = Archive(newsroom.site, store, CONFIG, labeller, identify)
        made.refresh()
        yield made
