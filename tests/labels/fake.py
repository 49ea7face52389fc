"""A distribution with an engine of its own, as pip would leave it in a folder of packages."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

MODULE = "oracle_engine"
ENGINE = """\
{needs}
from digest.model import Labels, Evidence

class Oracle:
    name = "oracle"

    def __init__(self, taxonomy):
        self.version = f"of {{len(taxonomy.regions)}} regions"

    def label(self, headline, summary="", body=""):
        return Labels(
            region={region!r}, category={category!r}, other_regions=({other!r},), region_confidence=0.5,
            evidence=(Evidence(words="a feeling", table="oracle", label={region!r}, weight=1.0),),
        )
"""


Install = Callable[..., None]


@contextmanager
def packages(folder: Path) -> Iterator[Install]:
    """Installs into a folder that is among those of packages for so long."""
    sys.path.insert(0, str(folder))
    try:
        yield lambda **how: install(folder, **how)
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop(MODULE, None)


def install(
    folder: Path,
    *,
    region: str = "africa",
    category: str = "sport",
    other: str = "europe",
    version: str = "1.0",
    target: str = "oracle_engine:Oracle",
    needs: str = "",
) -> None:
    """Install it into `folder`, in place of an earlier version."""
    sys.modules.pop(MODULE, None)
    shutil.rmtree(folder, ignore_errors=True)
    about = folder / f"oracle_engine-{version}.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: oracle-engine\nVersion: {version}\n")
    (about / "entry_points.txt").write_text(f"[digest.labellers]\noracle = {target}\n")
    code = ENGINE.format(needs=f"import {needs}" if needs else "", region=region, category=category, other=other)
    (folder / f"{MODULE}.py").write_text(code)
