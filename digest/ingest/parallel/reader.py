"""Dumps → what their items say: parsed, and labelled where that is asked for.

Nothing here depends on other items or on the site's pages, so that it may be done anywhere, and beforehand.
"""

from functools import cached_property, lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.config import Config
from digest.ingest.archive.sources import FileSource
from digest.ingest.draft.item import ItemLabels, ParsedItem, label_item, parse_item
from digest.labels.engines import engine_named
from digest.model import Labeller, Taxonomy, WireItem
from digest.stories import filed
from digest.wire import Part, Source, items_in_part


class FilePart(Struct, frozen=True):
    """A part of the dump number `dump` of an import."""

    dump: int
    path: Path
    part: Part


class ItemReader:
    """Reads items under one configuration. It holds little of that, for it is sent to other processes."""

    def __init__(self, config: Config) -> None:
        self._language, self._engine, self._taxonomy = config.site.language, config.labels.engine, config.taxonomy

    def read_part(self, source: Source, part: Part) -> list[ParsedItem]:
        """What the items of a part say, without what places them: many a one that is said again needs none."""
        return [parse_item(wire, self._language) for wire in items_in_part(source, part)]

    def read_file_parts(self, file_parts: list[FilePart]) -> list[list[ParsedItem]]:
        """The same for parts of files, with their labels and what they are found by. Raises OSError."""
        found = []
        for piece in file_parts:
            source = FileSource(piece.path)
            try:
                items = self.read_part(source, piece.part)
            finally:
                source.close()
            found.append(list(map(self._placeable, items)))
        return found

    def _placeable(self, item: ParsedItem) -> ParsedItem:
        wire = item.marked.wire
        return msgspec.structs.replace(item, labels=self.labels_of(wire), prepared_title=filed(wire.headline))

    def labels_of(self, wire: WireItem) -> ItemLabels:
        """The labels of an item."""
        return label_item(wire, self.labeller, (self._taxonomy.fallback_region, self._taxonomy.fallback_category))

    @cached_property
    def labeller(self) -> Labeller:
        """The site's labeller."""
        return _labeller(self._engine, self._taxonomy)


@lru_cache(maxsize=4)
def _labeller(engine: str, taxonomy: Taxonomy) -> Labeller:
    """The labeller of a taxonomy; its tables are loaded once a process, and only when something has to be labelled."""
    return engine_named(engine, taxonomy)
