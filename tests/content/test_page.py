"""Parsing of a page: cases that the fixtures in `tests/cases/pages` cannot express."""

from datetime import UTC, datetime, timedelta

from digest.config import Config, Site, parse
from digest.content.fields.schema import FIELDS, VISIBILITY_FIELDS
from digest.content.page import Page, body_of, decode_page, parse_page
from digest.content.serialize import FIELD_ORDER
from digest.issues import Place
from digest.model import Image

CONFIG = parse("")[0]


def page_of(front: str, body: str = "", config: Config = CONFIG) -> Page:
    page, _ = parse_page("2026/03/10/x.md", f"---\n{front}\n---\n{body}".encode(), config)
    assert page is not None
    return page


def test_the_place_of_a_field_is_that_of_its_value() -> None:
    page = page_of("title: Rain\nregions:\n  - europe\n")
    file = "content/2026/03/10/x.md"
    assert page.place_of("title") == Place(file, 2, 8)
    assert page.place_of("regions") == Place(file, 4, 3)
    assert page.place_of("summary") == Place(file, 1, 1)


def test_body_line_is_the_first_line_of_the_body() -> None:
    page = page_of("title: Rain", "\n\n\nIt rained.\n\nIt snowed.\n\n")
    assert (page.body_line, page.body) == (7, "It rained.\n\nIt snowed.")


def test_an_indented_first_line_keeps_its_indent() -> None:
    assert page_of("title: Rain", "\n    code\n").body == "    code"


def test_body_of_equals_the_body_of_the_page() -> None:
    data = b"\xef\xbb\xbf---\r\ntitle: Rain\r\n---\r\n\r\nIt\x00 rained.\r\n\r\nAgain.\r\n"
    page, _ = parse_page("x.md", data, CONFIG)
    assert page is not None
    assert body_of(data) == page.body == "It rained.\n\nAgain."


def test_there_is_no_body_without_front_matter_or_utf_8() -> None:
    assert body_of(b"It rained.") == ""
    assert body_of(b"---\n---\n\xff") == ""


def test_the_issue_for_utf_16_names_it() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        text, issues = decode_page(("\ufeff" + "---\ntitle: Rain\n---\n").encode(encoding), "x")
        assert text is None
        assert [i.message for i in issues] == ["the page is UTF-16, not UTF-8"]


def test_a_lone_carriage_return_ends_a_line() -> None:
    assert decode_page(b"a\rb\r\nc", "x") == ("a\nb\nc", ())


def test_a_truncated_character_has_a_place() -> None:
    _, issues = decode_page("---\né".encode()[:-1], "x")
    assert [i.place for i in issues] == [Place("x", 2, 1)]


def test_a_time_without_a_zone_gets_the_zone_of_the_site() -> None:
    config = Config(site=Site(time_zone="Asia/Tokyo"))
    page = page_of("title: Rain\ndate: 2026-03-10T06:10\nembargo: 2026-03-11", config=config)
    assert page.at == datetime(2026, 3, 9, 21, 10, tzinfo=UTC)
    assert page.embargo == datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
    assert page.at is not None
    assert page.at.utcoffset() == timedelta(hours=9)
    assert page.day is not None
    assert page.day.isoformat() == "2026-03-10"


def test_only_an_invalid_visibility_field_holds_a_page() -> None:
    assert not page_of("title: Rain\nlead: many").is_held
    for field in VISIBILITY_FIELDS:
        assert page_of(f"title: Rain\n{field}: [a]").is_held, field


def test_image_paths_are_relative_to_the_page_or_the_root() -> None:
    for image in ("a.jpg", "../a.jpg", "/pictures/a.jpg", "https://example.org/a.jpg"):
        assert page_of(f"title: Rain\nimage: {image}").image == image_of(image)
    for image in ("../../../../a.jpg", "/../a.jpg", "//example.org/a.jpg", "file:///a.jpg", "'a\\b.jpg'"):
        assert page_of(f"title: Rain\nimage: {image}").image is None, image


def image_of(address: str) -> Image:
    """Return the image at an address on the page content/2026/03/10/x.md."""
    paths = {"a.jpg": "2026/03/10/a.jpg", "../a.jpg": "2026/03/a.jpg", "/pictures/a.jpg": "/pictures/a.jpg"}
    return Image(src=address, path=paths.get(address, ""))


def test_alt_and_credit_come_from_the_mapping_or_from_their_own_fields() -> None:
    page = page_of("title: Rain\nimage: {src: a.jpg, alt: A wet street, credit: Jo Kim}")
    assert page.image == Image(src="a.jpg", path="2026/03/10/a.jpg", alt="A wet street", credit="Jo Kim")
    page = page_of("title: Rain\nimage: a.jpg\nimage_alt: A wet street\nimage_credit: Jo Kim")
    assert (page.image_alt, page.image_credit) == ("A wet street", "Jo Kim")
    assert page_of("title: Rain\nimage: {alt: A wet street}").image is None


def test_parsed_fields_equal_serialized_fields() -> None:
    assert set(FIELDS) - {"kind"} == set(FIELD_ORDER)


def test_every_field_has_attributes_of_a_page_and_a_meaning() -> None:
    for name, field in FIELDS.items():
        assert field.name == name
        assert field.format
        assert field.meaning
        assert set(field.attributes) <= set(Page.__struct_fields__)
