"""Rewriting a page changes the given fields and paragraphs only."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest.content import rewrite as rewriting
from digest.content.rewrite import page_parts_of, raw_fields, replace_body, set_fields, split_paragraphs
from digest.content.serialize import Value, page_text

PAGE = """\
---
# The desk looked at this.
id: n1
title:   "Ferry runs aground"   # not sunk
date: 2026-02-05

regions: [asia-pacific,   world]
categories:
  - disaster
  # a second one?
# who wrote it
byline: 'O. Salim'
summary: |
  Two lines,
  # and this is one of them
wire: {dump: a.txt, key: 5f1c}
---

First   paragraph.
Its second line.


Second paragraph.

"""


def test_one_field_changes_one_line() -> None:
    changed = set_fields(PAGE, {"title": "Ferry sinks"})
    assert changed == PAGE.replace('title:   "Ferry runs aground"   # not sunk', "title:   Ferry sinks   # not sunk")


def test_a_block_list_is_replaced_with_its_comments() -> None:
    changed = set_fields(PAGE, {"categories": ["crime", "society"]})
    expected = PAGE.replace("categories:\n  - disaster\n", "categories: [crime, society]\n")
    assert changed == expected


def test_a_literal_block_is_replaced_to_its_end() -> None:
    changed = set_fields(PAGE, {"summary": "One line"})
    assert changed == PAGE.replace("summary: |\n  Two lines,\n  # and this is one of them\n", "summary: One line\n")


def test_a_field_is_removed_with_its_lines_only() -> None:
    changed = set_fields(PAGE, {"categories": None})
    assert changed == PAGE.replace("categories:\n  - disaster\n", "")
    assert set_fields(PAGE, {"never": None}) == PAGE


def test_a_new_field_goes_to_its_usual_place() -> None:
    changed = set_fields(PAGE, {"status": "killed", "story": "ferry"})
    lines = changed.splitlines()
    assert lines.index("story: ferry") == lines.index("  - disaster") + 1
    assert lines.index("status: killed") == lines.index("  # and this is one of them") + 1


def test_a_field_before_all_others_and_one_in_an_empty_front_matter() -> None:
    assert set_fields("---\ntitle: A\n---\n", {"id": "n1"}) == "---\nid: n1\ntitle: A\n---\n"
    assert set_fields("---\n---\n", {"title": "A"}) == "---\ntitle: A\n---\n"
    assert set_fields("---\n# empty\n---\nText\n", {"title": "A"}) == "---\n# empty\ntitle: A\n---\nText\n"


@pytest.mark.parametrize(
    "written", ["title:", "title: ", "title: # none", 'title: ""', '"title": old', "title: >\n  a\n  b"]
)
def test_every_style_of_value_is_replaced(written: str) -> None:
    changed = set_fields(f"---\nid: n1\n{written}\nlang: en\n---\n", {"title": "New: one"})
    fields = yaml.safe_load(page_parts_of(changed).fields)
    assert fields == {"id": "n1", "title": "New: one", "lang": "en"}
    assert changed.count("\n") == 5


def test_a_value_may_end_without_indentation() -> None:
    text = "---\nregions: [\na,\nb\n]\ntitle: A\n---\n"
    assert set_fields(text, {"regions": ["c"]}) == "---\nregions: [c]\ntitle: A\n---\n"


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    text = "\ufeff" + PAGE.replace("\n", "\r\n")
    changed = set_fields(text, {"title": "Ferry sinks", "status": "hold"})
    assert changed.startswith("\ufeff---\r\n")
    assert "status: hold\r\n" in changed
    assert changed.count("\n") == changed.count("\r\n")


@pytest.mark.parametrize(
    "text", ["", "Text\n", "---\ntitle: A\n", "---\n{title: A}\n---\n", "---\n- a\n---\n", "---\na: [\n---\n"]
)
def test_a_page_without_a_mapping_of_fields_raises(text: str) -> None:
    with pytest.raises(ValueError, match=r"front matter|not"):
        set_fields(text, {"title": "B"})


def test_a_page_without_a_last_newline() -> None:
    assert set_fields("---\ntitle: A\n---", {"title": "B"}) == "---\ntitle: B\n---"
    assert replace_body("---\ntitle: A\n---", ["One."]) == "---\ntitle: A\n---\n\nOne.\n"


def test_paragraphs_are_split_at_blank_lines() -> None:
    body = page_parts_of(PAGE).body
    assert split_paragraphs(body) == ("First   paragraph.\nIts second line.", "Second paragraph.")
    assert split_paragraphs(body.replace("\n", "\r\n")) == split_paragraphs(body)
    assert split_paragraphs("\n \n") == ()


def test_unchanged_paragraphs_keep_their_bytes() -> None:
    first, second = split_paragraphs(page_parts_of(PAGE).body)
    assert replace_body(PAGE, [first, second]) == PAGE
    assert replace_body(PAGE, [first, "Other."]) == PAGE.replace("\n\n\nSecond paragraph.", "\n\nOther.")
    assert replace_body(PAGE, [first, second, "Third."]) == PAGE[:-1] + "\nThird.\n\n"


def test_removing_the_body_keeps_the_front_matter() -> None:
    assert replace_body(PAGE, []) == PAGE[: PAGE.index("---\n\nFirst") + 4]


def test_a_new_body_has_the_line_ends_of_its_page() -> None:
    assert replace_body("---\r\ntitle: A\r\n---\r\n", ["One\ntwo.", "Three."]).endswith(
        "---\r\n\r\nOne\r\ntwo.\r\n\r\nThree.\r\n"
    )


def test_raw_fields_are_the_written_texts() -> None:
    fields = raw_fields(PAGE.replace("title:", "title: first\ntitle:"))
    assert fields["title"] == "first"
    assert fields["date"] == "2026-02-05"
    assert fields["regions"] == ["asia-pacific", "world"]
    assert fields["wire"] == {"dump": "a.txt", "key": "5f1c"}
    assert raw_fields("---\n---\n") == {}


names = st.sampled_from(["id", "title", "summary", "regions", "byline", "wire", "odd"])
values = st.one_of(st.text(max_size=20), st.lists(st.text(max_size=8), max_size=3))
pages = st.dictionaries(names, values, min_size=1)


@given(pages, pages, st.booleans())
def test_changed_fields_are_read_back_and_others_stay(
    fields: dict[str, Value], changes: dict[str, Value], crlf: bool
) -> None:
    text = page_text(fields, "One.\n\nTwo.")
    text = text.replace("\n", "\r\n") if crlf else text
    changed = page_parts_of(set_fields(text, changes))
    assert yaml.load(changed.fields, Loader=yaml.BaseLoader) == {**fields, **changes}  # noqa: S506 - makes no objects
    assert changed.body == page_parts_of(text).body
    untouched = [line for line in text.splitlines() if line.partition(":")[0] not in changes]
    assert [line for line in str(changed).splitlines() if line in untouched] == untouched


paragraphs = st.lists(st.sampled_from(["One.", "Two.\nlines", "## Three", "Four  "]), max_size=5)


@given(paragraphs, paragraphs, st.sampled_from(["\n\n", "\n\n\n", "\n \n"]))
def test_new_paragraphs_are_read_back(old: list[str], new: list[str], gap: str) -> None:
    text = page_text({"title": "A"}) + "\n" + gap.join(old) + "\n"
    assert split_paragraphs(page_parts_of(replace_body(text, new)).body) == tuple(p.rstrip() for p in new)


FRONTS = {
    "as import writes": """\
id: n1
title: Ferry runs aground
regions: [asia-pacific, world]
categories: []
byline: "O. Salim: at sea"
source: 'A "name"'
wire: {dump: a.txt, seen: 2026-02-05T14:10, also: [b.txt, c.txt], seals: {title: bcdfghj, body: bcdfghj kkkkkkk}}
""",
    "spaces and an empty value": "title:   Ferry   \nsummary: \nregions: [ a,  b ]  \nwire: {a: {b: [c, d]}}\n",
    "written twice": "title: One\nregions: [a]\ntitle: Two\n",
    "no last newline": "title: One\nregions: [a]",
}


@pytest.mark.parametrize("front", FRONTS.values(), ids=list(FRONTS))
def test_the_fast_path_changes_a_page_like_the_parser(front: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"---\n{front.rstrip() if front.endswith(']') else front}\n---\n\nText.\n".replace("\n\n---", "\n---")
    changes: dict[str, Value | None] = {"title": "Ferry sinks", "lead": 3, "regions": ["crime"], "summary": None}
    plain = raw_fields(text), set_fields(text, changes), set_fields(text, {"wire": {"a": "b"}, "date": "today"})
    monkeypatch.setattr(rewriting, "_plain", lambda _text: None)
    assert plain == (
        raw_fields(text),
        set_fields(text, changes),
        set_fields(text, {"wire": {"a": "b"}, "date": "today"}),
    )
    assert plain[0]["title"]
