"""Load one page file: from bytes to an item, with one configuration and one labeller."""

from functools import cached_property
from hashlib import blake2b

import msgspec
from msgspec import Struct

from digest.config import Config
from digest.content.infer import Identify, LoadLabeller, item_of
from digest.content.page import parse_page
from digest.issues import Issue
from digest.model import Item, Labeller


class LoadedPage(Struct, frozen=True):
    """Result of loading a file: its item or None, the issues, and whether a labeller chose its labels."""

    item: Item | None
    issues: tuple[Issue, ...] = ()
    labelled: bool = False


class PageLoader:
    """Loads pages. The labeller is loaded when a page first needs it."""

    def __init__(self, config: Config, load_labeller: LoadLabeller, identify: Identify, engine: str) -> None:
        self._config, self._label, self._identify, self._engine = config, load_labeller, identify, engine
        self._labeller: Labeller | None = None
        self._calls = 0

    def load(self, path: str, data: bytes) -> LoadedPage:
        """Parse the page at `path` (relative to the content folder) and return its item and issues."""
        page, issues = parse_page(path, data, self._config)
        if page is None:
            return LoadedPage(None, issues)
        calls_before = self._calls
        item, item_issues = item_of(page, self._config, self._counted_labeller, self._identify)
        return LoadedPage(item, (*issues, *item_issues), self._calls > calls_before)

    @property
    def used_labeller(self) -> str:
        """Name and version of the labeller; "" when none was needed so far."""
        return f"{self._labeller.name} {self._labeller.version}" if self._labeller else ""

    @cached_property
    def context_digest(self) -> str:
        """Digest of everything that an item depends on, except the page and the labeller."""
        fields = [(f.name, str(f.type)) for f in msgspec.structs.fields(Item)]
        parts = (self._engine, self._config.taxonomy, self._config.site.time_zone, fields)
        return blake2b(msgspec.json.encode(parts), digest_size=16).hexdigest()

    def load_labeller(self) -> None:
        """Load the labeller, because a worker process has labelled a page with it."""
        self._labeller = self._labeller or self._label()

    def _counted_labeller(self) -> Labeller:
        self._calls += 1
        self._labeller = self._labeller or self._label()
        return self._labeller
