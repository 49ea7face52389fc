"""The site for Pelican: its article generator, and a plug-in for all that is no article."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import END, Article
from benchmarks.peers.peer import ASSETS, STYLE, TAGLINE, Peer, integrity, labels, named, pip, switch
from benchmarks.sites import BASE_URL, TITLE

_HERE = Path(__file__).with_name("pelican")


class Pelican(Peer):
    """PyPI `pelican`, with Python-Markdown."""

    name = "Pelican"
    output = "output"

    def install(self, folder: Path) -> None:
        """Into a virtual environment of its own."""
        pip(folder, "pelican[markdown]")

    def version(self, folder: Path) -> str:
        """`4.12.0`."""
        return self.said(folder / "bin/pelican", "--version")

    def command(self, folder: Path, site: Path) -> Sequence[str]:
        """A build without its cache, which never notices a change of templates."""
        del site
        return str(folder / "bin/pelican"), "--quiet", "--settings", "pelicanconf.py"

    def write(self, site: Path, corpus: Sequence[Article]) -> None:
        """The articles, and what templates know of the site."""
        shutil.copytree(_HERE, site)
        known, urls = labels(), {asset.stem: named(asset) for asset in ASSETS}
        (site / "theme/static").mkdir()
        for asset in ASSETS:
            (site / "theme/static" / Path(urls[asset.stem]).name).write_bytes(asset.read_bytes())
        settings = {
            "title": TITLE, "tagline": TAGLINE, "base_url": BASE_URL, "news_since": known.news_since(END),
            "style": {"url": urls["style"], "integrity": integrity(STYLE)}, "icon": urls["icon"], "switch": switch(),
            "weights": known.weights, "never_lead": known.never_lead,
            "regions": known.regions, "categories": known.categories, "names": known.names, "iptc": known.iptc,
            "sources": known.sources, "credits": known.credits,
        }  # fmt: skip
        (site / "site.json").write_text(json.dumps(settings), "utf-8")
        for article in corpus:
            self.edit(site, article)

    def edit(self, site: Path, article: Article) -> None:
        """One article, written anew, with the lines of metadata that Pelican reads."""
        fields = {
            "Title": article.title,
            "Date": article.at.isoformat(),
            "Slug": article.slug,
            "id": article.id,
            "stamp": article.at.isoformat(),
            "region_slugs": " ".join(article.regions),
            "category_slugs": " ".join(article.categories),
            "story": article.story,
            "byline": article.byline,
            "source": article.source,
            "position": str(article.position),
            "standfirst": article.summary,
        }
        path = site / "content" / article.folder / f"{article.slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
        path.write_text(f"{lines}\n{article.body}\n", "utf-8")
