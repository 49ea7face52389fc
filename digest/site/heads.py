"""What pages say of themselves to machines: titles, canonical addresses, JSON-LD (schema.org)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from digest.config import Source
from digest.model import Ai
from digest.site.cards import Card, EntryCard, Picture
from digest.site.context import Context
from digest.site.views import Crumb, Head, HeadImage

# https://cv.iptc.org/newscodes/digitalsourcetype/
_DIGITAL_SOURCE = {
    Ai.ASSISTED: "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
    Ai.GENERATED: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
}


def script_json(data: Mapping[str, Any]) -> str:
    """JSON that cannot end the script element it stands in (HTML, 4.12.1.3)."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def moment(day: date, at: datetime | None) -> str:
    """ISO 8601: a moment where one is known, else a day."""
    return at.isoformat() if at else day.isoformat()


def page_head(url: str, title: str, context: Context, **more: Any) -> Head:
    """The head of a page that is no article."""
    return Head(title=title, canonical=context.whole(url), **more)


def list_head(url: str, title: str, cards: Iterable[Card], context: Context, **more: Any) -> Head:
    """The head of a list, with its pages as an ItemList."""
    urls = [context.whole(card.url) for card in cards if card.page]
    data = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": title or context.site.title,
        "url": context.whole(url),
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": n, "url": whole} for n, whole in enumerate(dict.fromkeys(urls), 1)
            ],
        },
    }
    return Head(title=title, canonical=context.whole(url), json_ld=script_json(data), **more)


def item_head(entry: EntryCard, crumbs: Sequence[Crumb], context: Context) -> Head:
    """The head of an item's page, with a NewsArticle and the way to it."""
    card = entry.card
    return Head(
        title=card.title,
        description=card.standfirst,
        canonical=canonical_of(card, context),
        index=is_indexed(card, context),
        type="article",
        published=moment(card.day, card.at),
        modified=modified_of(entry),
        section=context.category(card.categories[0]).name,
        feed=f"/region/{card.regions[0]}/feed.xml",
        image=head_image(card.image, context),
        json_ld=script_json({"@context": "https://schema.org", "@graph": _graph(entry, crumbs, context)}),
    )


def head_image(picture: Picture | None, context: Context) -> HeadImage | None:
    """A picture as other sites show it."""
    if picture is None:
        return None
    url = context.whole(picture.url) if picture.url.startswith("/") else picture.url
    return HeadImage(url=url, width=picture.width, height=picture.height, alt=picture.alt, type=picture.type)


def canonical_of(card: Card, context: Context) -> str:
    """The address that search engines should know: the original's, where a source's rights say so."""
    abroad = card.link and any(source.canonical == "link" for source in _sources(card, context))
    return card.link if abroad else context.whole(card.url)


def is_indexed(card: Card, context: Context) -> bool:
    """Whether the sources' rights let search engines keep it."""
    return all(source.index for source in _sources(card, context))


def is_ours(card: Card, context: Context) -> bool:
    """Whether search engines should know it by its address here, and may keep it."""
    return is_indexed(card, context) and canonical_of(card, context) == context.whole(card.url)


def _sources(card: Card, context: Context) -> list[Source]:
    return [context.config.sources[key] for key in card.sources if key in context.config.sources]


def modified_of(entry: EntryCard) -> str:
    """The newest of what matters to a reader: an update, a version, a correction."""
    moments = [moment(entry.card.day, entry.card.at), *(moment(h.day, h.at) for h in entry.history)]
    moments += [c.day.isoformat() for c in entry.corrections]
    moments += [moment(entry.updated.day, entry.updated.at)] if entry.updated else []
    return max(moments)


def digital_source_of(entry: EntryCard) -> str:
    """The IPTC digital source type of a text in which a machine had a part, else empty."""
    return _DIGITAL_SOURCE.get(Ai(entry.ai), "")


def _graph(entry: EntryCard, crumbs: Sequence[Crumb], context: Context) -> list[dict[str, Any]]:
    way = [
        {"@type": "ListItem", "position": n, "name": crumb.name, "item": context.whole(crumb.url)}
        for n, crumb in enumerate(crumbs, 1)
    ]
    return [_article(entry, context), {"@type": "BreadcrumbList", "itemListElement": way}]


def _image_object(image: HeadImage, credit: str) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "ImageObject", "url": image.url}
    if image.width:
        found |= {"width": image.width, "height": image.height}
    for name, said in (("caption", image.alt), ("creditText", credit)):
        if said:
            found[name] = said
    return found


def _article(entry: EntryCard, context: Context) -> dict[str, Any]:
    card, site = entry.card, context.site
    publisher = {"@type": "NewsMediaOrganization", "name": site.publisher, "url": site.base_url}
    credits_of = [context.credit(key) for key in card.sources]
    article: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": context.whole(card.url),
        "mainEntityOfPage": context.whole(card.url),
        "identifier": card.id,
        "headline": card.title,
        "datePublished": moment(card.day, card.at),
        "dateModified": modified_of(entry),
        "inLanguage": card.lang or site.language,
        "articleSection": [context.category(c).name for c in card.categories],
        "publisher": publisher,
        "author": {"@type": "Person", "name": card.byline} if card.byline else publisher,
        "about": [
            {"@type": "Thing", "identifier": table.iptc, "name": table.name}
            for table in (context.config.categories[c] for c in card.categories)
            if table.iptc
        ],
    }
    if card.standfirst:
        article["description"] = card.standfirst
    if entry.words:
        article["wordCount"] = entry.words
    if credits_of:
        article["sourceOrganization"] = [{"@type": "NewsMediaOrganization", "name": c.name} for c in credits_of]
    for name, texts in (
        ("creditText", [c.line for c in credits_of]),
        ("copyrightNotice", [c.rights for c in credits_of]),
    ):
        if said := "; ".join(filter(None, texts)):
            article[name] = said
    if image := head_image(card.image, context):
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
