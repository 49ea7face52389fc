"""Updates of page text by a later item."""

from digest.content.rewrite import page_parts_of, raw_fields
from digest.content.serialize import page_text
from digest.ingest.decide.known_pages import PageRecord
from digest.ingest.decide.updates import add_sighting, update_page
from digest.ingest.draft.item import DraftItem, ItemLabels, draft_of, parse_item, record_of_draft
from digest.ingest.draft.page import new_page_of, new_page_text
from digest.model import Block, Span, WireItem
from digest.wire import key_of

EUROPE = ItemLabels(regions=("europe",), categories=("business",))
AFRICA = ItemLabels(regions=("africa", "world"), categories=("politics",))


def _draft(headline: str, *paragraphs: str, dump: str = "2026-03-10-nw.txt", **more: str) -> DraftItem:
    wire = WireItem(
        headline=headline,
        position=3,
        span=Span(first=5, last=6),
        body=tuple(Block(text=text) for text in paragraphs),
        byline=more.get("byline", ""),
        agency=more.get("agency", ""),
    )
    return draft_of(parse_item(wire), dump, dump[:10], "NW")


def _page(draft: DraftItem, slug: str = "port-opens") -> tuple[PageRecord, str]:
    record = record_of_draft(draft, EUROPE, "n123456789", slug, "port", "")
    return record, new_page_text(new_page_of(draft, record))


def test_text_of_a_new_page() -> None:
    _, text = _page(_draft("Port opens"))
    assert text == (
        "---\nid: n123456789\ntitle: Port opens\ndate: 2026-03-10\nregions: [europe]\ncategories: [business]\n"
        "story: port\nsource: NW\nwire: {dump: 2026-03-10-nw.txt, seen: 2026-03-10, position: 3, lines: 5-6, "
        f"key: {key_of('Port opens')}, seals: {{id: xqcgssb, title: wbdthwd, date: btssvsh, regions: jmdrwsr, "
        "categories: vfnljjw, story: scczvzs, source: ptkhcqw}}\n---\n"
    )


def test_a_slug_that_differs_from_the_title_is_written() -> None:
    assert "slug" not in raw_fields(_page(_draft("Port opens"))[1])
    assert raw_fields(_page(_draft("Port opens"), "port-opens-2")[1])["slug"] == "port-opens-2"


def test_a_sighting_adds_dump_and_source_once() -> None:
    _, text = _page(_draft("Port opens"))
    later = _draft("Port opens", dump="2026-03-11-mdl.txt", agency="MDL")
    seen_again = add_sighting(text, later)
    fields = raw_fields(seen_again)
    assert fields["source"] == ["NW", "MDL"]
    wire = fields["wire"]
    assert isinstance(wire, dict)
    assert wire["also"] == ["2026-03-11-mdl.txt"]
    assert add_sighting(seen_again, later) == seen_again
    differing = [a for a, b in zip(text.splitlines(), seen_again.splitlines(), strict=True) if a != b]
    assert [line.partition(":")[0] for line in differing] == ["source", "wire"]


def test_an_editors_source_stays() -> None:
    _, text = _page(_draft("Port opens"))
    edited = text.replace("source: NW\n", "source: Our port desk\n")
    seen_again = add_sighting(edited, _draft("Port opens", dump="2026-03-11-mdl.txt", agency="MDL"))
    assert raw_fields(seen_again)["source"] == "Our port desk"


def test_unknown_keys_in_wire_stay() -> None:
    _, text = _page(_draft("Port opens"))
    edited = text.replace("wire: {dump", "wire: {desk: [a, b], dump")
    wire = raw_fields(add_sighting(edited, _draft("Port opens", dump="2026-03-11-nw.txt")))["wire"]
    assert isinstance(wire, dict)
    assert wire["desk"] == ["a", "b"]
    assert (wire["seen"], wire["position"]) == ("2026-03-10", "3")


def test_an_article_updates_labels_byline_and_body_but_not_the_slug() -> None:
    _, text = _page(_draft("Port opens"))
    new = update_page(
        text, _draft("Port of Dakar opens", "One.", "Two.", dump="2026-03-12-nw.txt", byline="O. Salim"), AFRICA
    )
    fields = raw_fields(new.text)
    assert new.changed
    assert new.title == fields["title"] == "Port of Dakar opens"
    assert fields["slug"] == "port-opens"
    assert fields["byline"] == "O. Salim"
    assert fields["regions"] == ["africa", "world"]
    assert fields["updated"] == "2026-03-12"
    assert page_parts_of(new.text).body == "\nOne.\n\nTwo.\n"
    wire = fields["wire"]
    assert isinstance(wire, dict)
    assert wire["key"] == f"{key_of('Port opens')} {key_of('Port of Dakar opens')}"
    seals = wire["seals"]
    assert isinstance(seals, dict)
    assert set(seals) == (set(fields) - {"wire"}) | {"body"}


def test_an_equal_article_only_adds_a_sighting() -> None:
    first = _draft("Port opens", "One.", "Two.")
    _, text = _page(first)
    new = update_page(text, _draft("Port opens", "One.", "Two.", dump="2026-03-11-nw.txt"), EUROPE)
    assert not new.changed
    assert new.text == add_sighting(text, _draft("Port opens", dump="2026-03-11-nw.txt"))


def test_updated_is_not_set_on_the_same_day() -> None:
    _, text = _page(_draft("Port opens"))
    assert "updated" not in raw_fields(update_page(text, _draft("Port opens", "One."), EUROPE).text)


def test_edited_fields_stay_and_edited_text_is_offered() -> None:
    _, text = _page(_draft("Port opens", "One.", "Two.", byline="O. Salim"))
    edited = text.replace("title: Port opens", "title: Ours").replace("[europe]", "[world]").replace("O. Salim", "Us")
    edited = edited.replace("\n\nTwo.", "\n\nToo.")
    update = _draft("Port of Dakar opens", "One!", "Three.", dump="2026-03-11-nw.txt", byline="M. Iyer")
    new = update_page(edited, update, AFRICA)
    fields = raw_fields(new.text)
    assert (fields["title"], fields["regions"], fields["byline"]) == ("Ours", ["world"], "Us")
    assert fields["categories"] == ["politics"]
    assert page_parts_of(new.text).body == "\nOne!\n\nToo.\n"
    offered = {offer.field: (offer.ours, offer.theirs) for offer in new.offers}
    assert offered == {
        "title": ("Ours", "Port of Dakar opens"),
        "byline": ("Us", "M. Iyer"),
        "body": ("Too.", "Three."),
    }


def test_after_a_decision_there_are_no_offers() -> None:
    _, text = _page(_draft("Port opens", "One.", "Two."))
    edited = text.replace("title: Port opens", "title: Ours").replace("\n\nTwo.", "\n\nToo.")
    update = _draft("Port of Dakar opens", "One.", "Three.")
    kept = update_page(edited, update, None, "ours")
    assert raw_fields(kept.text)["title"] == "Ours"
    assert page_parts_of(kept.text).body == page_parts_of(edited).body
    assert not update_page(kept.text, update, None).offers
    taken = update_page(edited, update, None, "wire")
    assert raw_fields(taken.text)["title"] == "Port of Dakar opens"
    assert page_parts_of(taken.text).body == "\nOne.\n\nThree.\n"
    assert not update_page(taken.text, update, None).offers


def test_a_hand_made_page_is_treated_as_edited() -> None:
    text = page_text({"id": "n1", "title": "Ours", "wire": {"key": key_of("Port opens")}}, "Our body.")
    new = update_page(text, _draft("Port opens", "One."), EUROPE)
    assert raw_fields(new.text)["title"] == "Ours"
    assert page_parts_of(new.text).body == "\nOur body.\n"
    assert {offer.field for offer in new.offers} == {"title", "body"}
