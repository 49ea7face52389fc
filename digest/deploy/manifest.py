"""The manifest as a file. One that was found on a server is not trusted: it must not name what lies outside."""

import re
from pathlib import PurePosixPath

import msgspec

from digest.model import Manifest

NAME = "digest-manifest.json"
EMPTY = Manifest(files=())
_DIGEST = re.compile("([0-9a-f]{2}){8,64}")  # BLAKE2b of any usual length


def parse_manifest(data: bytes) -> Manifest | None:
    """The manifest that `data` holds; None when it is none, or names a path that leads out of its folder."""
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except msgspec.DecodeError:
        return None
    safe = all(_is_inside(f.path) and _DIGEST.fullmatch(f.digest) for f in manifest.files)
    return manifest if safe and manifest.format == EMPTY.format else None


def text_of(manifest: Manifest) -> bytes:
    """The manifest as JSON."""
    return msgspec.json.encode(manifest)


def _is_inside(path: str) -> bool:
    """Return True for a plain path below its folder. Backslashes and drive letters are refused for Windows."""
    parts = PurePosixPath(path).parts
    plain = bool(parts) and path == "/".join(parts) and not set(parts) & {"..", ".", "/"}
    return plain and not set(path) & {"\\", ":", "\0"} and path != NAME
