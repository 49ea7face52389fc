"""Verification: a clean build in a temporary folder, compared with the output byte for byte."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from digest.builder.commit.manifest import MANIFEST, read_manifest
from digest.builder.request import BuildRequest
from digest.builder.run import build
from digest.issues import Issue, Place, issue


def verify(request: BuildRequest) -> tuple[Issue, ...]:
    """Return an issue for each file that differs, is missing or is left over."""
    with TemporaryDirectory(prefix="digest-verify-") as folder:
        output = Path(folder) / "output"
        clean = msgspec.structs.replace(request, output=output, cache=Path(folder), full=False)
        report = build(clean)
        if not report.ok:
            return report.issues
        return tuple(_differences(request.output, output))


def _differences(output: Path, clean_output: Path) -> Iterator[Issue]:
    hint = "run `digest build --full`, and please report this: it is a bug"
    manifest, clean_manifest = read_manifest(output), read_manifest(clean_output)
    owned = {file.path for file in manifest.files} if manifest else set()
    wanted = {file.path for file in clean_manifest.files} if clean_manifest else set()
    for path in sorted(owned | wanted | {MANIFEST}):
        place = Place(str(output / path))
        if path not in wanted and path != MANIFEST:
            yield issue("verify-differs", place, "a clean build does not make this file", hint)
        elif not (output / path).is_file():
            yield issue("verify-differs", place, "a clean build makes this file, but it is missing", hint)
        elif (output / path).read_bytes() != (clean_output / path).read_bytes():
            yield issue("verify-differs", place, "a clean build makes other bytes", hint)
