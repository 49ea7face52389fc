"""Small built sites to ship."""

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec

from digest.deploy.manifest import NAME
from digest.model import Manifest, OutputFile

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
}


def file_of(path: str, text: str) -> OutputFile:
    """A row of a manifest."""
    data = text.encode()
    digest = blake2b(data, digest_size=16).hexdigest()
    return OutputFile(path=path, digest=digest, size=len(data), type=TYPES[Path(path).suffix])


def manifest_of(files: Mapping[str, str]) -> Manifest:
    """The manifest of these texts."""
    return Manifest(files=tuple(file_of(path, text) for path, text in sorted(files.items())))


def build(folder: Path, files: Mapping[str, str]) -> Path:
    """An output folder with exactly these files and their manifest."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (folder / NAME).write_bytes(msgspec.json.encode(manifest_of(files)))
    return folder


def served(folder: Path) -> dict[str, str]:
    """What a target serves, without its manifest."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != NAME)
    return {p.relative_to(folder).as_posix(): p.read_text() for p in files}
