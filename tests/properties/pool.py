"""Compiled templates that many sites share: scripts are about pages, and compiling is most of what a small build costs.

The code of a template names what it was made of, so that no site draws with another's.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from digest.builder import BuildRequest
from digest.builder.render import scheduler


@contextmanager
def compiled_once(folder: Path) -> Iterator[None]:
    """Meanwhile a new site finds in its cache the templates that any site before it compiled."""
    whole, made = scheduler._compiled_templates_folder, dict[str, Path]()

    def found(request: BuildRequest, mark: str) -> Path:
        place = whole(request, mark)
        if not any(place.iterdir()):
            if (folder / mark).is_dir():
                shutil.copytree(folder / mark, place, dirs_exist_ok=True)
            made[mark] = place
        return place

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scheduler, "_compiled_templates_folder", found)
        yield
    for mark, place in made.items():
        if place.is_dir():
            shutil.copytree(place, folder / mark, dirs_exist_ok=True)
