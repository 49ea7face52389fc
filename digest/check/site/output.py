"""Output folder: the files that the manifest lists. The only module of this package that reads files."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from digest.builder.commit.manifest import MANIFEST, read_manifest


class Output(Struct, frozen=True):
    """An output folder with the media type of each file."""

    folder: Path
    types: dict[str, str]

    def files_of_type(self, *types: str) -> Sequence[str]:
        """Return the files of these media types, sorted as in the manifest."""
        return [path for path, kind in self.types.items() if kind.partition(";")[0] in types]

    def read(self, file: str) -> str:
        """Read a file as text; invalid UTF-8 becomes the replacement character."""
        with open(f"{self.folder}/{file}", "rb") as opened:  # noqa: PTH123 - once for each page: a Path is slower
            return opened.read().decode("utf-8", "replace")


def load_output(folder: Path) -> Output:
    """Load the list of files from the manifest; empty if there is none."""
    manifest = read_manifest(folder)
    if manifest is None:
        return Output(folder, {})
    return Output(folder, {file.path: file.type for file in manifest.files} | {MANIFEST: "application/json"})
