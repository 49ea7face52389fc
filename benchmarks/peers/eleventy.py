"""The site for Eleventy: templates are JavaScript, its fastest kind, and the index is made in one pass."""

import base64
import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import END, Article
from benchmarks.peers.peer import STYLE, TAGLINE, Peer, labels, months_of, put
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
        known, style = labels(), STYLE.read_bytes()
        integrity = f"sha384-{base64.b64encode(hashlib.sha384(style).digest()).decode()}"
        (site / "static").mkdir()
        (site / "static" / f"style.{integrity[7:15]}.css".replace("/", "_")).write_bytes(style)
        (site / "site.json").write_text(
            json.dumps(
                {
                    "title": TITLE, "tagline": TAGLINE, "base_url": BASE_URL, "style": integrity,
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
            "standfirst": article.summary,
        }
        put(site / "content/news" / article.folder / f"{article.slug}.md", fields, article.body)
