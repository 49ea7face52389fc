"""A site in a temporary folder, for tests of imports."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from digest.content.rewrite import raw_fields
from digest.ingest import ImportOptions, ImportReport, import_dumps


class ImportSite:
    """A site, and an inbox folder for dumps beside it."""

    def __init__(self, folder: Path, config: str = "") -> None:
        self.folder, self.inbox = folder / "site", folder / "inbox"
        self.content = self.folder / "content"
        self.folder.mkdir(parents=True)
        self.inbox.mkdir()
        (self.folder / "digest.toml").write_text(config, "utf-8")

    def write_dump(self, name: str, text: str | bytes) -> Path:
        """Write a dump into the inbox."""
        path = self.inbox / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def import_dumps(self, *dumps: str | Path, **options: Any) -> ImportReport:
        """Import dumps, given by their names in the inbox or by paths."""
        paths = [self.inbox / d if isinstance(d, str) and d != "-" else d for d in dumps]
        return import_dumps(self.folder, paths, ImportOptions(**options))

    def import_briefs(self, name: str, *headlines: str, **options: Any) -> ImportReport:
        """Import a dump of briefs, the newest first."""
        return self.import_dumps(self.write_dump(name, briefs(*headlines)), **options)

    def pages(self) -> dict[str, str]:
        """Return the text of every page by its path relative to the content folder."""
        paths = sorted(self.content.rglob("*.md"))
        return {p.relative_to(self.content).as_posix(): p.read_bytes().decode() for p in paths}

    def files(self) -> dict[str, bytes]:
        """Return all files of the site except its cache."""
        paths = (p for p in sorted(self.folder.rglob("*")) if p.is_file() and ".digest" not in p.parts)
        return {p.relative_to(self.folder).as_posix(): p.read_bytes() for p in paths}

    def fields(self, page: str) -> Mapping[str, Any]:
        """Return the front matter of a page."""
        return raw_fields(self.pages()[page])

    def edit(self, page: str, old: str, new: str) -> None:
        """Replace a text that occurs once in a page."""
        path = self.content / page
        text = path.read_bytes().decode()
        assert text.count(old) == 1, text
        path.write_bytes(text.replace(old, new).encode())


def briefs(*headlines: str) -> str:
    """Return a dump of briefs, the newest first."""
    return "".join(f"-\n{headline}\n" for headline in headlines)


def article(headline: str, *paragraphs: str, byline: str = "O.Salim--NW-UTC") -> str:
    """Return an article as a dump contains it."""
    return "\n".join((headline, *paragraphs, byline)) + "\n"
