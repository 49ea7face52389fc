"""Which code is running: what caches must not outlive."""

import hashlib
from functools import cache
from pathlib import Path

import digest


@cache
def engine_digest() -> str:
    """Changes with the version, and with any file of the package while somebody works on it."""
    package = Path(digest.__file__).parent
    stats = ((p.relative_to(package).as_posix(), p.stat()) for p in sorted(package.rglob("*.py")))
    parts = (digest.__version__, *(f"{name} {s.st_size} {s.st_mtime_ns}" for name, s in stats))
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
