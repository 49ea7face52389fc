"""The site for Eleventy: templates are JavaScript, its fastest kind, and the index is made in one pass."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import END, Article
from benchmarks.peers.peer import ASSETS, STYLE, TAGLINE, Peer, integrity, labels, months_of, named, put, switch
from benchmarks.sites import BASE_URL, TITLE

_HERE = Path(__file__).with_name("eleventy")


class Eleventy(Peer):
    """npm `@11ty/eleventy`."""

    name = "Eleventy"
    output = "_site"

    def install(self, folder: Path) -> None:
        """Into a `node_modules` of its own."""
        folder.mkdir(parents=True)
        self.said("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, "@11ty/eleventy")

    def version(self, folder: Path) -> str:
        """`3.1.8`."""
        return self.said(folder / "node_modules/.bin/eleventy", "--version")

    def command(self, folder: Path, site: Path) -> Sequence[str]:
        """A whole build; its own incremental mode works only in a server that stays."""
        del site
        return str(folder / "node_modules/.bin/eleventy"), "--quiet"

    def write(self, site: Path, corpus: Sequence[Article]) -> None:
        """The articles, and what templates know of the site."""
        shutil.copytree(_HERE, site)
        (site / "package.json").write_text('{"type": "module"}\n', "utf-8")
        known, urls = labels(), {asset.stem: named(asset) for asset in ASSETS}
        (site / "static/assets").mkdir(parents=True)
        for asset in ASSETS:
            (site / "static" / urls[asset.stem].lstrip("/")).write_bytes(asset.read_bytes())
        (site / "site.json").write_text(
            json.dumps(
                {
                    "title": TITLE, "tagline": TAGLINE, "base_url": BASE_URL, "icon": urls["icon"],
                    "style": {"url": urls["style"], "integrity": integrity(STYLE)}, "switch": switch(),
                    "weights": known.weights, "never_lead": known.never_lead,
                    "regions": known.regions, "categories": known.categories, "names": known.names,
                    "iptc": known.iptc, "sources": known.sources, "credits": known.credits,
                    "months": months_of(corpus), "news_since": known.news_since(END),
                }
            ),
            "utf-8",
        )  # fmt: skip
        for article in corpus:
            self.edit(site, article)

    def edit(self, site: Path, article: Article) -> None:
        """One article, written anew."""
        fields = {
            "title": article.title,
            "date": article.at.isoformat(),
            "permalink": f"/{article.folder}/{article.slug}/",
            "layout": "item.11ty.js",
            "tags": ["news"],
            "id": article.id,
            "stamp": article.at.isoformat(),
            "regions": list(article.regions),
            "categories": list(article.categories),
            "story": article.story,
            "byline": article.byline,
            "source": article.source,
            "position": article.position,
            "standfirst": article.summary,
        }
        put(site / "content/news" / article.folder / f"{article.slug}.md", fields, article.body)
