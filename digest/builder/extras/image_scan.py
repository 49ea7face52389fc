"""All pictures that pages name, looked at: what is known of them is remembered, what is wrong with them is placed.

The preview shows files as they are, and so does a site without the extra `images`.
"""

import warnings
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from digest.builder.extras.image_files import FOLDER_NAME, ImageProblem, ImageProcessor, ImageRecord
from digest.builder.extras.loading import IMAGES, installed_version
from digest.builder.request import BuildRequest
from digest.builder.state.database import State
from digest.config import Config
from digest.content.store.scan import CONTENT_FOLDER
from digest.issues import Issue, Place, in_order, issue
from digest.site.context import Audience


def scan_images(
    request: BuildRequest, state: State, named: Mapping[str, Iterable[str]], config: Config
) -> tuple[dict[str, ImageRecord], tuple[Issue, ...]]:
    """What is known of each picture, and what is wrong; `named` holds paths of pictures by the pages that name them.

    Raises OSError when the cache cannot be written.
    """
    paths = sorted({path for paths in named.values() for path in paths})
    before = {path: msgspec.json.decode(blob, type=ImageRecord) for path, blob in state.images()}
    room, notes = _processor(request, config)
    with warnings.catch_warnings(), ThreadPoolExecutor(request.jobs) as pool:
        warnings.simplefilter("ignore")  # what Pillow thinks of files: those that cannot be shown it refuses
        known = dict(zip(paths, pool.map(lambda path: room.process(path, before.get(path)), paths), strict=True))
    if known != before:
        state.put_images((p, msgspec.json.encode(k)) for p, k in known.items() if k != before.get(p))
        state.remove_images(before.keys() - known.keys())
        if request.audience is Audience.PUBLIC:
            room.clear(known)
    issues = (_issue_at(request.site, page, p, w) for page, ps in named.items() for p in ps if (w := known[p].problem))
    return known, in_order((*issues, *notes))


def _processor(request: BuildRequest, config: Config) -> tuple[ImageProcessor, tuple[Issue, ...]]:
    """How pictures are looked at; a note when that could be better."""
    cache = request.folder / FOLDER_NAME
    as_they_are = ImageProcessor(request.site, cache, "", None)
    engine, issues = installed_version(IMAGES, request, config.images.widths)
    if not engine:
        return as_they_are, issues
    from digest.pictures.resize import ENGINE_VERSION, ResizeOptions, resize  # noqa: PLC0415 - it is an extra, and slow to import

    wanted = ResizeOptions(config.images.widths, config.images.formats, config.images.quality)
    way = f"{ENGINE_VERSION} {msgspec.json.encode(wanted).decode()}"
    return ImageProcessor(request.site, cache, way, lambda data, own: resize(data, own, wanted)), ()


def _issue_at(site: Path, page: str, path: str, wrong: ImageProblem) -> Issue:
    """The issue, on the first line of the page that names the file."""
    file = f"{CONTENT_FOLDER}/{page}"
    name = path.rpartition("/")[2]
    try:
        lines = (site / file).read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    line, column = next(((n, text.index(name) + 1) for n, text in enumerate(lines, 1) if name in text), (0, 0))
    return issue(wrong.code, Place(file, line, column), wrong.message, wrong.hint)
