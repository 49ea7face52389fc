"""Reader of items: parse, detect the language and, if asked, label and prepare for threading.

The result depends only on the bytes of a dump and the configuration, so that any process may read ahead.
"""

from functools import cached_property, lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.config import Config
from digest.ingest.archive.sources import FileSource
from digest.ingest.draft.item import ItemLabels, ParsedItem, label_item, parse_item
from digest.labels.engines import load_labeller
from digest.model import Labeller, Taxonomy, WireItem
from digest.stories import prepare_title
from digest.wire import Part, Source, items_in_part


class FilePart(Struct, frozen=True):
    """A part of a file; `dump` is the number of the dump in the import."""

    dump: int
    path: Path
    part: Part


class ItemReader:
    """Reads items for one configuration. It holds little of it, because it is sent to worker processes."""

    def __init__(self, config: Config) -> None:
        self._language, self._engine, self._taxonomy = config.site.language, config.labels.engine, config.taxonomy

    def read_part(self, source: Source, part: Part) -> list[ParsedItem]:
        """Return the items of a part, without labels: an item that was imported before does not need them."""
        return [parse_item(wire, self._language) for wire in items_in_part(source, part)]

    def read_file_parts(self, file_parts: list[FilePart]) -> list[list[ParsedItem]]:
        """Return the items of parts of files, with labels and prepared titles. Raises OSError."""
        results = []
        for file_part in file_parts:
            source = FileSource(file_part.path)
            try:
                items = self.read_part(source, file_part.part)
            finally:
                source.close()
            results.append(list(map(self._with_labels, items)))
        return results

    def _with_labels(self, item: ParsedItem) -> ParsedItem:
        wire = item.marked.wire
        return msgspec.structs.replace(item, labels=self.labels_of(wire), prepared_title=prepare_title(wire.headline))

    def labels_of(self, wire: WireItem) -> ItemLabels:
        """Return the labels of an item."""
        return label_item(wire, self.labeller, (self._taxonomy.fallback_region, self._taxonomy.fallback_category))

    @cached_property
    def labeller(self) -> Labeller:
        """The site's labeller."""
        return _labeller(self._engine, self._taxonomy)


@lru_cache(maxsize=4)
def _labeller(engine: str, taxonomy: Taxonomy) -> Labeller:
    """Load the tables of a labeller, once in each process and only when an item has to be labelled."""
    return load_labeller(engine, taxonomy)
