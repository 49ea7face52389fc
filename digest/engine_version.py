"""Version of the running code: caches are discarded when it changes."""

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import digest

# Libraries with a say in what is read or drawn, by the first part of the name of their folders of metadata.
_LIBRARIES = (
    "babel", "jinja2", "linkify_it_py", "markdown_it_py", "markupsafe", "mdit_py_plugins", "pagefind_bin",
    "python_slugify", "pyyaml", "text_unidecode", "tzdata",
)  # fmt: skip


@cache
def engine_digest() -> str:
    """Changes with the version, with the libraries it stands on, and with any file while somebody works on the package.

    Data files count as code: the labels' tables decide as much as what reads them.
    """
    files = sorted(f"{name} {size} {mtime}" for name, size, mtime, *_ in stats_below(str(Path(digest.__file__).parent)))
    libraries = (name for name in installed() if name.partition("-")[0] in _LIBRARIES)
    parts = (digest.__version__, *libraries, *files)
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def stats_below(folder: str, prefix: str = "") -> Iterator[tuple[str, int, int, int, int]]:
    """Path, size, time of the last writing and of the last change in ns, and inode of each file below a folder.

    Hidden files, what Python compiled and what is no folder or cannot be read are passed over; links to folders are
    not followed.
    """
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        name = f"{prefix}{entry.name}"
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from stats_below(entry.path, f"{name}/")
        elif entry.is_file():
            status = entry.stat()
            yield name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def installed() -> list[str]:
    """Names with versions of all libraries that are installed: a package manager keeps a folder for each."""
    folders = (Path(path) for path in sys.path if path.endswith("-packages"))
    entries = (entry.name.lower() for folder in folders if folder.is_dir() for entry in os.scandir(folder))
    return sorted(name for name in entries if name.endswith(".dist-info"))
