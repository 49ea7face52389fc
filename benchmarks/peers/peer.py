"""What a peer is, and what all peers' sites say alike."""

import base64
import hashlib
import json
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from msgspec import Struct

from benchmarks.corpus import SOURCES, Article
from benchmarks.sites import CONFIG
from digest import config
from digest.site.visibility import NEWS_WINDOW

TAGLINE = "Invented words, measured"
_THEMES = Path(__file__).parents[2] / "themes"
STYLE = _THEMES / "broadsheet/static/style.css"
ICON = _THEMES / "broadsheet/static/icon.svg"
ASSETS = (STYLE, ICON)


class Peer(ABC):
    """Another generator. `folder` is where it is installed, `site` where its site stands, `output` what it makes."""

    name = ""
    output = ""

    @abstractmethod
    def install(self, folder: Path) -> None:
        """By name, into a folder of its own."""

    @abstractmethod
    def version(self, folder: Path) -> str:
        """As the peer says it."""

    @abstractmethod
    def command(self, folder: Path, site: Path) -> Sequence[str]:
        """What builds the site, run in it."""

    @abstractmethod
    def write(self, site: Path, corpus: Sequence[Article]) -> None:
        """The whole site, as the peer takes it."""

    @abstractmethod
    def edit(self, site: Path, article: Article) -> None:
        """One article, written anew."""

    def said(self, *command: str | Path) -> str:
        """What a command prints."""
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


class Labels(Struct, frozen=True):
    """Regions and categories in the site's order, and what their slugs and those of sources mean."""

    regions: tuple[str, ...]
    categories: tuple[str, ...]
    names: dict[str, str]
    iptc: dict[str, str]
    sources: dict[str, str]
    credits: dict[str, str]
    weights: dict[str, float]
    never_lead: tuple[str, ...]

    def news_since(self, now: datetime) -> str:
        """From when on an article stands in the news sitemap."""
        return (now - NEWS_WINDOW).isoformat()


@cache
def labels() -> Labels:
    """As the site of `digest` has them."""
    known, _ = config.parse(CONFIG)
    return Labels(
        regions=tuple(known.regions),
        categories=tuple(known.categories),
        names={s: t.name for table in (known.regions, known.categories) for s, t in table.items()},
        iptc={s: t.iptc for s, t in known.categories.items()},
        sources=SOURCES,
        credits={s: t.credit for s, t in known.sources.items()},
        weights={s: t.weight for s, t in known.categories.items()},
        never_lead=tuple(s for s, t in known.categories.items() if not t.leads),
    )


def switch() -> str:
    """The script of light and dark, without the comment above it."""
    return (_THEMES / "core/templates/switch.js").read_text("utf-8").partition("#}")[2].lstrip("\n-").strip()


def named(asset: Path) -> str:
    """The address of an asset, with a digest in its name."""
    return f"/assets/{asset.stem}.{hashlib.sha256(asset.read_bytes()).hexdigest()[:8]}{asset.suffix}"


def integrity(asset: Path) -> str:
    """What browsers hold an asset to."""
    return f"sha384-{base64.b64encode(hashlib.sha384(asset.read_bytes()).digest()).decode()}"


def months_of(corpus: Iterable[Article]) -> list[str]:
    """`2026/03`, the newest first."""
    return sorted({a.month for a in corpus}, reverse=True)


def month_name(month: str) -> str:
    """`2026/03` → `March 2026`."""
    return datetime.strptime(month, "%Y/%m").strftime("%B %Y")


def put(path: Path, fields: Mapping[str, object], body: str = "") -> None:
    """A page with its front matter as YAML; each value is JSON, which is YAML too."""
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{''.join(lines)}---\n\n{body}\n", "utf-8")


def pip(folder: Path, *names: str) -> None:
    """A virtual environment with these packages."""
    subprocess.run((sys.executable, "-m", "venv", folder), check=True)
    subprocess.run((folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", *names), check=True)
