"""Processing of one image file: size, format, and the files to publish, cached under `.digest/`."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from digest.content.store.scan import CONTENT_FOLDER, racy_since_ns
from digest.pictures import PictureHeader, header_of
from digest.site.cards import Picture, PictureFile, PictureSource
from digest.theme import media_type

if TYPE_CHECKING:
    from digest.pictures.resize import ResizedPicture


FOLDER_NAME = "pictures"
MAX_BYTES, MAX_PIXELS = 50_000_000, 80_000_000
"""Limits against decompression bombs."""

Resizer = Callable[[bytes, str], "tuple[ResizedPicture, ...]"]
"""Resizes an image (bytes, format). Raises ValueError when it cannot be read."""


class ImageProblem(Struct, frozen=True):
    """Reason why an image cannot be used: an issue without a place."""

    code: str
    message: str
    hint: str


class ImageRecord(Struct, frozen=True, kw_only=True):
    """Record of an image file: its stat, its data for pages, and the files to publish.

    `stat` is empty when the file could change again without a new mtime. `files` are pairs of a path below the output
    and the file on disk; `folder` is their folder in the cache.
    """

    stat: tuple[int, ...] = ()
    options_digest: str = ""
    image: Picture | None = None
    files: tuple[tuple[str, str], ...] = ()
    folder: str = ""
    problem: ImageProblem | None = None

    @property
    def digest(self) -> str:
        """Digest of the data for pages."""
        return hashlib.blake2b(msgspec.json.encode(self.image), digest_size=8).hexdigest()


class ImageProcessor:
    """Processes image files with `smaller`; without it images are used unchanged. `way` identifies the options."""

    def __init__(self, site: Path, cache: Path, way: str, smaller: Resizer | None) -> None:
        self._site, self._cache, self._way, self._smaller = site, cache, way, smaller

    def process(self, path: str, before: ImageRecord | None) -> ImageRecord:
        """Return the record of an image.

        `before` is the earlier record. Raises OSError when the cache cannot be written.
        """
        file = next((f for f in self._places(path) if f.is_file()), None)
        if file is None:
            hint = "add the file, or remove it from the page"
            return ImageRecord(problem=ImageProblem("image-missing", f"there is no image `{path}`", hint))
        status = file.stat()
        stat = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        if before and (before.stat, before.options_digest) == (stat, self._way) and _is_there(before.folder):
            return before
        sure = max(stat[1:3]) < racy_since_ns()
        found = self._read(file, path, status.st_size)
        return msgspec.structs.replace(found, stat=stat if sure else (), options_digest=self._way)

    def _places(self, path: str) -> Iterable[Path]:
        yield self._site / CONTENT_FOLDER / path.lstrip("/")
        if path.startswith("/"):
            yield self._site / "static" / path.lstrip("/")

    def _read(self, file: Path, path: str, size: int) -> ImageRecord:
        if size > MAX_BYTES:
            return _too_large(path, f"{size // 1_000_000} MB")
        try:
            data = file.read_bytes()
        except OSError as error:
            wrong = ImageProblem("image-broken", f"`{path}` cannot be read: {error.strerror}", "let this user read it")
            return ImageRecord(problem=wrong)
        header = header_of(data)
        if header is None:
            hint = "save it as JPEG, PNG, GIF, WebP or AVIF"
            return ImageRecord(
                problem=ImageProblem("image-broken", f"`{path}` is not an image that browsers can show", hint)
            )
        if header.width * header.height > MAX_PIXELS:
            return _too_large(path, f"{header.width} × {header.height} pixels")
        mark = hashlib.blake2b(data + self._way.encode(), digest_size=6).hexdigest()
        stem = f"{FOLDER_NAME}/{stem_of(file.name)}.{mark}"
        try:
            made = self._made(file, data, header, mark)
        except ValueError as error:
            hint = "open it and save it anew"
            return ImageRecord(problem=ImageProblem("image-broken", f"`{path}` cannot be shown: {error}", hint))
        return _with_sizes(made, header, stem) if made else _unchanged(file, header, stem)

    def _made(self, file: Path, data: bytes, header: PictureHeader, mark: str) -> list[Path]:
        """Return the resized files in the cache; none without a resizer."""
        if self._smaller is None:
            return []
        folder = self._cache / mark
        if not folder.is_dir():
            made = self._smaller(data, header.format)
            # Two files with the same bytes may be processed at the same time.
            new = self._cache / f"{mark}-{hashlib.blake2b(str(file).encode(), digest_size=6).hexdigest()}.new"
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(parents=True)
            for number, one in enumerate(made):
                (new / f"{number:02}-{one.width}.{one.format}").write_bytes(one.data)
            # Another build may have created the same folder meanwhile.
            with suppress(OSError):
                new.rename(folder)
        return sorted(folder.iterdir())

    def clear(self, known: Mapping[str, ImageRecord]) -> None:
        """Remove cache folders that no image uses."""
        used = {one.folder for one in known.values()}
        for folder in self._cache.iterdir() if self._cache.is_dir() else ():
            if str(folder) not in used:
                shutil.rmtree(folder, ignore_errors=True)


def _is_there(folder: str) -> bool:
    return not folder or os.path.isdir(folder)  # noqa: PTH112 - called for each image of the site


def _too_large(path: str, size: str) -> ImageRecord:
    return ImageRecord(problem=ImageProblem("image-huge", f"`{path}` has {size}", "make it smaller"))


def _unchanged(file: Path, header: PictureHeader, stem: str) -> ImageRecord:
    """Use the file itself, under a name with its digest."""
    goal = f"{stem}.{header.suffix}"
    width, height = header.width, header.height
    whole = PictureFile(url=f"/{goal}", width=width)
    picture = Picture(url=whole.url, width=width, height=height, type=header.media_type, files=(whole,))
    return ImageRecord(image=picture, files=((goal, str(file)),))


def _with_sizes(made: list[Path], header: PictureHeader, stem: str) -> ImageRecord:
    """Use the resized formats and widths."""
    goals = {file: f"{stem}-{_width(file)}.{_ending(file)}" for file in made}
    own = [file for file in made if file.suffix == f".{header.format}"]
    top = header_of(own[-1].read_bytes()) or header
    others = dict.fromkeys(file.suffix for file in made if file not in own)
    picture = Picture(
        url=f"/{goals[own[-1]]}",
        width=top.width,
        height=top.height,
        type=header.media_type,
        sources=tuple(
            PictureSource(type=media_type(suffix), files=_files(goals, [f for f in made if f.suffix == suffix]))
            for suffix in others
        ),
        files=_files(goals, own),
    )
    return ImageRecord(image=picture, files=tuple((g, str(f)) for f, g in goals.items()), folder=str(made[0].parent))


def _files(goals: Mapping[Path, str], files: Iterable[Path]) -> tuple[PictureFile, ...]:
    return tuple(PictureFile(url=f"/{goals[file]}", width=_width(file)) for file in files)


def _width(file: Path) -> int:
    return int(file.stem.partition("-")[2])


def _ending(file: Path) -> str:
    return "jpg" if file.suffix == ".jpeg" else file.suffix[1:]


def stem_of(name: str) -> str:
    """Return the stem of a file name, reduced to letters, digits and hyphens."""
    stem = PurePosixPath(name).stem.lower()
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in stem).split())[:60] or "picture"
