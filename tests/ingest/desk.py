"""A site in a folder of its own, and what a test does with it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from digest.content.rewrite import fields_in
from digest.ingest import ImportOptions, ImportReport, import_dumps


class Desk:
    """A site and a tray of dumps beside it."""

    def __init__(self, folder: Path, config: str = "") -> None:
        self.site, self.tray = folder / "site", folder / "tray"
        self.content = self.site / "content"
        self.site.mkdir(parents=True)
        self.tray.mkdir()
        (self.site / "digest.toml").write_text(config, "utf-8")

    def dump(self, name: str, text: str | bytes) -> Path:
        """A dump in the tray."""
        path = self.tray / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def take(self, *dumps: str | Path, **options: Any) -> ImportReport:
        """Import dumps of the tray, or paths."""
        paths = [self.tray / d if isinstance(d, str) and d != "-" else d for d in dumps]
        return import_dumps(self.site, paths, ImportOptions(**options))

    def say(self, name: str, *headlines: str, **options: Any) -> ImportReport:
        """Import a dump of briefs, the newest first."""
        return self.take(self.dump(name, briefs(*headlines)), **options)

    def pages(self) -> dict[str, str]:
        """The text of every page by its path relative to the content folder."""
        found = sorted(self.content.rglob("*.md"))
        return {p.relative_to(self.content).as_posix(): p.read_bytes().decode() for p in found}

    def files(self) -> dict[str, bytes]:
        """Every byte of the site but for its cache."""
        found = (p for p in sorted(self.site.rglob("*")) if p.is_file() and ".digest" not in p.parts)
        return {p.relative_to(self.site).as_posix(): p.read_bytes() for p in found}

    def fields(self, page: str) -> Mapping[str, Any]:
        """The front matter of a page."""
        return fields_in(self.pages()[page])

    def edit(self, page: str, old: str, new: str) -> None:
        """Replace a text that stands in a page once."""
        path = self.content / page
        text = path.read_bytes().decode()
        assert text.count(old) == 1, text
        path.write_bytes(text.replace(old, new).encode())


def briefs(*headlines: str) -> str:
    """A dump of briefs, the newest first."""
    return "".join(f"-\n{headline}\n" for headline in headlines)


def article(headline: str, *paragraphs: str, byline: str = "O.Salim--NW-UTC") -> str:
    """One article as a dump has it."""
    return "\n".join((headline, *paragraphs, byline)) + "\n"
