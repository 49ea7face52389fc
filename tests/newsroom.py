"""A small newsroom on disk, for tests: writes pages, builds, and reads the output back."""

from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from digest.builder import Audience, BuildRequest, Report, build

NOW = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
CONFIG = """\
[site]
title = "The Test Post"
base_url = "https://post.example/"

[sources.NW-UTC]
name = "Northwire"
"""


class Newsroom:
    """A site in `folder`, with an output beside it."""

    def __init__(self, folder: Path, config: str = CONFIG) -> None:
        self.folder, self.output = folder / "site", folder / "output"
        self.content = self.folder / "content"
        self.content.mkdir(parents=True, exist_ok=True)
        (self.folder / "digest.toml").write_text(config, "utf-8")

    def page(self, path: str, body: str = "", **fields: object) -> Path:
        """Write a page; lists as YAML flow sequences."""
        lines = [f"{name}: {_yaml(value)}" for name, value in fields.items()]
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(["---", *lines, "---", body, ""]), "utf-8")
        return file

    def item(self, name: str, day: str = "2026-03-12", body: str = "", **fields: object) -> Path:
        """A complete page called `name`, with an id of its own."""
        known: dict[str, object] = {
            "id": f"n{name:0>9}",
            "title": f"Headline {name}",
            "date": day,
            "regions": ["africa"],
            "categories": ["politics"],
        }
        return self.page(f"{day.replace('-', '/')}/{name}.md", body, **(known | fields))

    def request(self, now: datetime = NOW, **more: object) -> BuildRequest:
        """A request to build this site for the public."""
        known: dict[str, object] = {"site": self.folder, "output": self.output, "now": now}
        return BuildRequest(**(known | more))  # type: ignore[arg-type] # a test passes what the request takes

    def build(self, now: datetime = NOW, **more: object) -> Report:
        """Build, and expect it to succeed."""
        report = build(self.request(now, **more))
        assert report.ok, "\n".join(map(str, report.issues))
        return report

    def preview(self, now: datetime = NOW) -> Report:
        """Build for editors."""
        return self.build(now, audience=Audience.PREVIEW)

    def clean(self, folder: Path, now: datetime = NOW, **more: object) -> dict[str, bytes]:
        """The bytes of a build from nothing, elsewhere."""
        self.build(now, output=folder / "output", cache=folder, **more)
        return files_in(folder / "output")

    def files(self) -> dict[str, bytes]:
        """The output by path."""
        return files_in(self.output)

    def text(self, url: str) -> str:
        """The page at a URL."""
        path = url.removeprefix("/")
        return (self.output / (f"{path}index.html" if not path or path.endswith("/") else path)).read_text("utf-8")


def files_in(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _yaml(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_yaml, value))}]"
    text = str(value)
    if text.startswith("\n"):
        return text
    return text if text.replace("-", "").replace(":", "").replace("+", "").isalnum() else f'"{text}"'


def without_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if none of the extras were installed."""

    def version(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr("digest.builder.extras.loading.version", version)
