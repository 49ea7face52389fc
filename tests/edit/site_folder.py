"""A site folder with pages, for tests that edit them."""

from datetime import date
from pathlib import Path

from digest.config import parse
from digest.content.serialize import page_text
from digest.model import Labels

CONFIG, _ = parse('[site]\nbase_url = "https://post.example/news/"\n')


class _Labeller:
    """Labeller with fixed labels: Europe and sport."""

    name, version = "fixed", "1"

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        del headline, summary, body
        return Labels(region="europe", category="sport", other_regions=("africa",))


def labeller() -> _Labeller:
    """Return the labeller of the tests."""
    return _Labeller()


def identify(title: str, day: date) -> str:
    """Return a readable id: the length of the title and the day."""
    return f"x{len(title)}-{day:%d}"


class SiteFolder:
    """A site in a folder, with methods to read and write its pages."""

    def __init__(self, folder: Path) -> None:
        self.site = folder / "site"
        (self.site / "content").mkdir(parents=True)

    def page(self, path: str, body: str = "", **fields: str) -> str:
        """Write a page and return its text."""
        labels = {"regions": ["europe"], "categories": ["sport"]}
        text = page_text({**labels, **fields}, body)
        return self.put(path, text)

    def put(self, path: str, text: str) -> str:
        """Write any text as a page and return it."""
        file = self.site / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return text

    def text(self, path: str) -> str:
        """Return the text of a page."""
        return (self.site / "content" / path).read_bytes().decode()
