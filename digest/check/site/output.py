"""The files of an output, as its manifest names them. The only module here that reads pages."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from digest.builder.commit.manifest import MANIFEST, read_manifest


class Output(Struct, frozen=True):
    """An output folder and what it holds: paths by media type."""

    folder: Path
    types: dict[str, str]

    def files_of_type(self, *types: str) -> Sequence[str]:
        """The files of these media types, by path."""
        return [path for path, kind in self.types.items() if kind.partition(";")[0] in types]

    def read(self, file: str) -> str:
        """The text of a file; bytes that are no UTF-8 become the replacement character."""
        with open(f"{self.folder}/{file}", "rb") as opened:  # noqa: PTH123 - once a page: a Path costs more
            return opened.read().decode("utf-8", "replace")


def load_output(folder: Path) -> Output:
    """Load the list of output files; empty without a manifest."""
    manifest = read_manifest(folder)
    if manifest is None:
        return Output(folder, {})
    return Output(folder, {file.path: file.type for file in manifest.files} | {MANIFEST: "application/json"})
