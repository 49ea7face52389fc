"""All pictures that pages name, looked at: what is known of them is remembered, what is wrong with them is placed.

The preview shows files as they are, and so does a site without the extra `images`.
"""

import warnings
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from digest.builder.extras.image_files import GOAL, Darkroom, Known, Wrong
from digest.builder.extras.loading import IMAGES, engine_of
from digest.builder.request import BuildRequest
from digest.builder.state.database import State
from digest.config import Config
from digest.content.store.scan import FOLDER
from digest.issues import Issue, Place, in_order, issue
from digest.site.context import Audience


def look_at_all(
    request: BuildRequest, state: State, named: Mapping[str, Iterable[str]], config: Config
) -> tuple[dict[str, Known], tuple[Issue, ...]]:
    """What is known of each picture, and what is wrong; `named` holds paths of pictures by the pages that name them.

    Raises OSError when the cache cannot be written.
    """
    paths = sorted({path for paths in named.values() for path in paths})
    before = {path: msgspec.json.decode(blob, type=Known) for path, blob in state.pictures()}
    room, notes = _darkroom(request, config)
    with warnings.catch_warnings(), ThreadPoolExecutor(request.jobs) as pool:
        warnings.simplefilter("ignore")  # what Pillow thinks of files: those that cannot be shown it refuses
        known = dict(zip(paths, pool.map(lambda path: room.look(path, before.get(path)), paths), strict=True))
    if known != before:
        state.put_pictures((p, msgspec.json.encode(k)) for p, k in known.items() if k != before.get(p))
        state.drop_pictures(before.keys() - known.keys())
        if request.audience is Audience.PUBLIC:
            room.clear(known)
    issues = (_placed(request.site, page, p, w) for page, ps in named.items() for p in ps if (w := known[p].wrong))
    return known, in_order((*issues, *notes))


def _darkroom(request: BuildRequest, config: Config) -> tuple[Darkroom, tuple[Issue, ...]]:
    """How pictures are looked at; a note when that could be better."""
    cache = request.folder / GOAL
    as_they_are = Darkroom(request.site, cache, "", None)
    engine, issues = engine_of(IMAGES, request, config.images.widths)
    if not engine:
        return as_they_are, issues
    from digest.pictures.resize import ENGINE_VERSION, ResizeOptions, resize  # noqa: PLC0415 - it is an extra, and slow to import

    wanted = ResizeOptions(config.images.widths, config.images.formats, config.images.quality)
    way = f"{ENGINE_VERSION} {msgspec.json.encode(wanted).decode()}"
    return Darkroom(request.site, cache, way, lambda data, own: resize(data, own, wanted)), ()


def _placed(site: Path, page: str, path: str, wrong: Wrong) -> Issue:
    """The issue, on the first line of the page that names the file."""
    file = f"{FOLDER}/{page}"
    name = path.rpartition("/")[2]
    try:
        lines = (site / file).read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    line, column = next(((n, text.index(name) + 1) for n, text in enumerate(lines, 1) if name in text), (0, 0))
    return issue(wrong.code, Place(file, line, column), wrong.message, wrong.hint)
