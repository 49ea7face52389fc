"""Two manifests → what to put and what to delete, in an order in which no page ever names something missing. Pure."""

import re

from msgspec import Struct

from digest.model import Manifest, OutputFile

_PAGE = re.compile(r"\d{4}/\d\d/\d\d/[^/]+/index\.html\Z")


class Plan(Struct, frozen=True, kw_only=True):
    """Steps from the `old` release to the `new` one: files to `put`, in this order, then files to `delete`."""

    old: Manifest
    new: Manifest
    put: tuple[OutputFile, ...]
    delete: tuple[OutputFile, ...]

    @property
    def kept(self) -> int:
        """Number of unchanged files."""
        return len(self.new.files) - len(self.put)

    @property
    def size(self) -> int:
        """Bytes to put."""
        return sum(f.size for f in self.put)


def plan(old: Manifest, new: Manifest) -> Plan:
    """Puts what is new or has another digest or type: assets, then pages, lists, feeds. Deletes what is gone."""
    before, after = {f.path: f for f in old.files}, {f.path for f in new.files}
    put = [f for f in new.files if _content(before.get(f.path)) != _content(f)]
    return Plan(
        old=old,
        new=new,
        put=tuple(sorted(put, key=lambda f: (phase_of(f), f.path))),
        delete=tuple(sorted((f for f in old.files if f.path not in after), key=lambda f: (-phase_of(f), f.path))),
    )


def phase_of(file: OutputFile) -> int:
    """0 an asset, 1 a page of an item, 2 a list, 3 a feed or another file for machines: each may name those before."""
    kind = file.type.partition(";")[0]
    if kind == "text/html":
        return 1 if _PAGE.match(file.path) else 2
    for_machines = kind.endswith(("xml", "json")) and not kind.startswith("image/")  # image/svg+xml is an asset
    return 3 if for_machines or kind == "text/plain" else 0


def _content(file: OutputFile | None) -> tuple[str, str] | None:
    return (file.digest, file.type) if file else None
