"""The corpus as a site of `digest`: a page an article, as import would have written it, and a digest.toml."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.corpus import SOURCES, Article
from digest.content.seals import FieldText, seals_of
from digest.content.serialize import Value, page_text
from digest.wire import key_of

TITLE = "The Corpus"
BASE_URL = "https://corpus.example/"
CONFIG = f"""\
[site]
title = "{TITLE}"
tagline = "Invented words, measured"
base_url = "{BASE_URL}"
language = "en"
time_zone = "UTC"
""" + "".join(f'\n[sources.{key}]\nname = "{name}"\ncredit = "© {name} 2026"\n' for key, name in SOURCES.items())


def write_site(folder: Path, corpus: Iterable[Article], *, wire: bool = True) -> None:
    """A site in `folder`; with `wire`, its pages say which dump they came from, as imported ones do."""
    folder.mkdir(parents=True)
    (folder / "digest.toml").write_text(CONFIG, "utf-8")
    for article in corpus:
        write_page(folder / "content", article, wire=wire)


def write_page(content: Path, article: Article, *, wire: bool = True) -> Path:
    """One page; where it stands."""
    path = content / article.folder / f"{article.slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page_of(article, wire=wire), "utf-8")
    return path


def page_of(article: Article, *, wire: bool = True) -> str:
    """The text of an article's page."""
    written: dict[str, FieldText] = {
        "id": article.id,
        "title": article.title,
        "date": article.at.isoformat(),
        "regions": article.regions,
        "categories": article.categories,
        "story": article.story,
        "byline": article.byline,
        "source": article.source,
    }
    fields: dict[str, Value] = {**written, "date": article.at}
    if wire:
        fields["wire"] = {
            "dump": f"{article.at:%Y-%m-%d}-{article.source.lower()}.txt",
            "seen": article.at,
            "position": article.position,
            "lines": f"{3 * article.position}-{3 * article.position + 1}",
            "key": key_of(article.title),
            "seals": dict(seals_of(written, article.body.split("\n\n"))),
        }
    return page_text(fields, article.body)
