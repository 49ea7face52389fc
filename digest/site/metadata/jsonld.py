"""JSON-LD of pages (schema.org), for a script element."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Raw
from msgspec.json import Encoder

from digest.model import Ai
from digest.site.cards import Card, EntryCard
from digest.site.context import Context
from digest.site.urls import SEARCH_PAGE
from digest.site.views import Crumb, HeadImage

# https://cv.iptc.org/newscodes/digitalsourcetype/
_DIGITAL_SOURCE = {
    Ai.ASSISTED: "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
    Ai.GENERATED: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
}
_encode = Encoder().encode


def script_json(data: Mapping[str, Any]) -> str:
    """Encode JSON that cannot close its script element (HTML standard, 4.12.1.3)."""
    text = _encode(data).decode()
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def list_json(url: str, title: str, cards: Iterable[Card], context: Context, crumbs: Sequence[Crumb] = ()) -> str:
    """Build the JSON-LD of a list: an ItemList of its pages, and a breadcrumb."""
    urls = dict.fromkeys(context.absolute_url(card.url) for card in cards if card.page)
    return script_json(
        {
            "@context": "https://schema.org",
            "@type": "CollectionPage",
            "name": title or context.site.title,
            "url": context.absolute_url(url),
            "mainEntity": {
                "@type": "ItemList",
                "itemListElement": [
                    {"@type": "ListItem", "position": n, "url": whole} for n, whole in enumerate(urls, 1)
                ],
            },
            **({"breadcrumb": _breadcrumb(crumbs, context)} if crumbs else {}),
            **({"isPartOf": site_of(context)} if url == "/" else {}),
        }
    )


def _breadcrumb(crumbs: Sequence[Crumb], context: Context) -> dict[str, Any]:
    steps = [
        {"@type": "ListItem", "position": n, "name": crumb.name, "item": context.absolute_url(crumb.url)}
        for n, crumb in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def item_json(
    entry: EntryCard, crumbs: Sequence[Crumb], moments: tuple[str, str], image: HeadImage | None, context: Context
) -> str:
    """Build the JSON-LD of an item: a NewsArticle and a breadcrumb.

    `moments` are the times of publication and of the last change, in ISO 8601.
    """
    article = _article(entry, moments, image, context)
    graph = (article, _breadcrumb(crumbs, context))
    return script_json({"@context": "https://schema.org", "@graph": graph})


def site_of(context: Context) -> dict[str, Any]:
    """Return the WebSite node of the front page."""
    site = context.site
    own: dict[str, Any] = {
        "@type": "WebSite",
        "@id": f"{site.base_url}#site",
        "url": site.base_url,
        "name": site.title,
        "inLanguage": site.language,
        "publisher": publisher_of(context),
    }
    if context.search_indexer:
        # https://schema.org/docs/actions.html: the placeholder is named in the query
        target = {"@type": "EntryPoint", "urlTemplate": context.absolute_url(SEARCH_PAGE) + "?q={search_term_string}"}
        own["potentialAction"] = {
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        }
    said = site.description or site.tagline
    return own | {"description": said} if said else own


def publisher_of(context: Context) -> dict[str, Any]:
    """Return the publisher, with the URLs of its policies."""
    site, said = context.site, context.config.publisher
    found: dict[str, Any] = {"@type": "NewsMediaOrganization", "name": site.publisher, "url": site.base_url}
    if said.logo:
        found["logo"] = {"@type": "ImageObject", "url": _absolute_url(said.logo, context)}
    for name, address in (
        ("publishingPrinciples", said.principles),
        ("ethicsPolicy", said.ethics),
        ("correctionsPolicy", said.corrections),
        ("ownershipFundingInfo", said.ownership),
    ):
        if address:
            found[name] = _absolute_url(address, context)
    return found


def _absolute_url(address: str, context: Context) -> str:
    return context.absolute_url(address) if address.startswith("/") else address


def _author(name: str, context: Context) -> dict[str, Any]:
    """Return the author, with the URL of the author's page if there is one."""
    page = context.authors.get(name)
    more = {"url": context.absolute_url(page.url)} if page else {}
    return {"@type": "Person", "name": name, **more}


def digital_source_of(entry: EntryCard) -> str:
    """Return the IPTC digital source type of a text made with AI, else an empty string."""
    return _DIGITAL_SOURCE.get(Ai(entry.ai), "")


def _article(entry: EntryCard, moments: tuple[str, str], image: HeadImage | None, context: Context) -> dict[str, Any]:
    published, modified = moments
    card, url, publisher = entry.card, context.absolute_url(entry.card.url), _publisher(context)
    article: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": url,
        "mainEntityOfPage": url,
        "identifier": card.id,
        "headline": card.title,
        "datePublished": published,
        "dateModified": modified,
        "inLanguage": card.lang or context.site.language,
        "articleSection": _sections(card.categories, context),
        "publisher": publisher,
        "author": _author(card.byline, context) if card.byline else publisher,
        "about": _subjects(card.categories, context),
    }
    if card.standfirst:
        article["description"] = card.standfirst
    if entry.words:
        article["wordCount"] = entry.words
    article |= _credits(card.sources, context)
    if image:
        article["image"] = _image_object(image, card.image.credit if card.image else "")
    if card.link:
        article["isBasedOn"] = card.link
    if entry.corrections:
        article["correction"] = [
            {"@type": "CorrectionComment", "text": c.text, "datePublished": c.day.isoformat()}
            for c in entry.corrections
        ]
    if source := digital_source_of(entry):
        article["digitalSourceType"] = source
    return article


def _image_object(image: HeadImage, credit: str) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "ImageObject", "url": image.url}
    if image.width:
        found |= {"width": image.width, "height": image.height}
    for name, said in (("caption", image.alt), ("creditText", credit)):
        if said:
            found[name] = said
    return found


# Cached: the parts that depend on labels and sources only are the same on thousands of pages.


@lru_cache(16)
def _publisher(context: Context) -> Raw:
    return Raw(_encode(publisher_of(context)))


@lru_cache(1024)
def _sections(categories: tuple[str, ...], context: Context) -> Raw:
    return Raw(_encode([context.category(c).name for c in categories]))


@lru_cache(1024)
def _subjects(categories: tuple[str, ...], context: Context) -> Raw:
    tables = (context.config.categories[c] for c in categories)
    return Raw(_encode([_subject(t.iptc, t.name) for t in tables if t.iptc]))


def _subject(iptc: str, name: str) -> dict[str, str]:
    """Return a subject, with its URL in the IPTC Media Topics (https://iptc.org/standards/media-topics/)."""
    topic = {"sameAs": f"http://cv.iptc.org/newscodes/mediatopic/{iptc[7:]}"} if iptc.startswith("medtop:") else {}
    return {"@type": "Thing", "identifier": iptc, "name": name, **topic}


@lru_cache(1024)
def _credits(sources: tuple[str, ...], context: Context) -> Mapping[str, Raw]:
    credits_of = [context.credit(key) for key in sources]
    said: dict[str, Any] = {
        "sourceOrganization": [{"@type": "NewsMediaOrganization", "name": c.name} for c in credits_of],
        "creditText": "; ".join(c.line for c in credits_of if c.line),
        "copyrightNotice": "; ".join(c.rights for c in credits_of if c.rights),
    }
    return {name: Raw(_encode(value)) for name, value in said.items() if value}
