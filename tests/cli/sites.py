"""Sites to run commands on."""

from pathlib import Path

CONFIG = """\
[site]
title = "The Lake"

[sources.NW-UTC]
name = "Northwire"

[sources.MDL-GVA]
name = "Meridional"
"""
DUMP = """\
-
Lake ferry returns to service after storm repairs
-
Harbour town elects its first woman mayor
Council reopens the old library
The reading room had been closed for two years.
- A second life -
Volunteers carried the books back by hand.
M.Keller--NW-UTC
-
Storm damage keeps lake ferry in port
"""
NAME = "2026-03-12-nw-utc.txt"
PAGE = "content/2026/03/12/{}.md"
FERRY, MAYOR = "lake-ferry-returns-to-service-after-storm-repairs", "harbour-town-elects-its-first-woman-mayor"
LIBRARY, STORM = "council-reopens-the-old-library", "storm-damage-keeps-lake-ferry-in-port"


def new_site(folder: Path, config: str = CONFIG) -> Path:
    """A site without a page, and a dump beside its content."""
    (folder / "content").mkdir(parents=True)
    (folder / "digest.toml").write_text(config)
    (folder / NAME).write_text(DUMP)
    return folder
