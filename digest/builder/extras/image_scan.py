"""Scan of all images that pages name: processes changed files, and reports problems at the line that names the file.

The preview shows image files unchanged, and so does a site without the extra `images`.
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
from digest.issues import Issue, Place, issue, sort_issues
from digest.site.context import Audience


def scan_images(
    request: BuildRequest, state: State, named: Mapping[str, Iterable[str]], config: Config
) -> tuple[dict[str, ImageRecord], tuple[Issue, ...]]:
    """Return a record for each image, and issues. `named` has the image paths of each page.

    Raises OSError when the cache cannot be written.
    """
    paths = sorted({path for paths in named.values() for path in paths})
    before = {path: msgspec.json.decode(blob, type=ImageRecord) for path, blob in state.images()}
    processor, notes = _processor(request, config)
    with warnings.catch_warnings(), ThreadPoolExecutor(request.jobs) as pool:
        warnings.simplefilter("ignore")  # Pillow warns about odd files; unusable ones raise
        known = dict(zip(paths, pool.map(lambda path: processor.process(path, before.get(path)), paths), strict=True))
    if known != before:
        state.put_images((p, msgspec.json.encode(k)) for p, k in known.items() if k != before.get(p))
        state.remove_images(before.keys() - known.keys())
        if request.audience is Audience.PUBLIC:
            processor.clear(known)
    issues = (_issue_at(request.site, page, p, w) for page, ps in named.items() for p in ps if (w := known[p].problem))
    return known, sort_issues((*issues, *notes))


def _processor(request: BuildRequest, config: Config) -> tuple[ImageProcessor, tuple[Issue, ...]]:
    """Return the image processor, and a note when the extra is missing."""
    cache = request.folder / FOLDER_NAME
    unchanged = ImageProcessor(request.site, cache, "", None)
    engine, issues = installed_version(IMAGES, request, config.images.widths)
    if not engine:
        return unchanged, issues
    from digest.pictures.resize import ENGINE_VERSION, ResizeOptions, resize  # noqa: PLC0415 - it is an extra, and slow to import

    wanted = ResizeOptions(config.images.widths, config.images.formats, config.images.quality)
    options = f"{ENGINE_VERSION} {msgspec.json.encode(wanted).decode()}"
    return ImageProcessor(request.site, cache, options, lambda data, own: resize(data, own, wanted)), ()


def _issue_at(site: Path, page: str, path: str, problem: ImageProblem) -> Issue:
    """Return the issue at the first line of the page that names the file."""
    file = f"{CONTENT_FOLDER}/{page}"
    name = path.rpartition("/")[2]
    try:
        lines = (site / file).read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    line, column = next(((n, text.index(name) + 1) for n, text in enumerate(lines, 1) if name in text), (0, 0))
    return issue(problem.code, Place(file, line, column), problem.message, problem.hint)
