"""Version of the running code: caches are discarded when it changes."""

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import digest

# Libraries that affect the output, by the first part of the name of their metadata folder.
_LIBRARIES = (
    "babel", "jinja2", "linkify_it_py", "markdown_it_py", "markupsafe", "mdit_py_plugins", "pagefind_bin",
    "python_slugify", "pyyaml", "text_unidecode", "tzdata",
)  # fmt: skip


@cache
def engine_digest() -> str:
    """Return a digest of the version, the installed `_LIBRARIES`, and size and mtime of every file of the package.

    Data files count as code, since the tables of labels affect the output as much as code does.
    """
    stats = stat_files(str(Path(digest.__file__).parent))
    files = sorted(f"{name} {size} {mtime}" for name, size, mtime, *_ in stats)
    libraries = (name for name in installed_libraries() if name.partition("-")[0] in _LIBRARIES)
    parts = (digest.__version__, *libraries, *files)
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def stat_files(folder: str, prefix: str = "") -> Iterator[tuple[str, int, int, int, int]]:
    """Yield path, size, mtime and ctime in ns, and inode of each file below a folder.

    Hidden files, `__pycache__` and unreadable folders are skipped; links to folders are not followed.
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
            yield from stat_files(entry.path, f"{name}/")
        elif entry.is_file():
            status = entry.stat()
            yield name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def installed_libraries() -> list[str]:
    """Return names and versions of all installed libraries, from their metadata folders."""
    folders = (Path(path) for path in sys.path if path.endswith("-packages"))
    entries = (entry.name.lower() for folder in folders if folder.is_dir() for entry in os.scandir(folder))
    return sorted(name for name in entries if name.endswith(".dist-info"))
