"""Front matter: split, fields, and positions."""

from digest.content.frontmatter import FrontMatter, fields_of, split_page
from digest.content.yaml.nodes import Scalar
from digest.issues import Issue, Place


def test_split_returns_front_matter_body_and_first_body_line() -> None:
    parts = split_page("---\ntitle: Rain\n---\n\nIt rained.\n", "content/x.md")
    assert parts == (FrontMatter(file="content/x.md", text="title: Rain\n"), "\nIt rained.\n", 4)


def test_the_last_line_may_be_the_closing_fence() -> None:
    parts = split_page("---\na: b\n---", "x")
    assert not isinstance(parts, Issue)
    assert parts[1:] == ("", 3)


def test_front_matter_may_be_empty() -> None:
    parts = split_page("---\n---\nText", "x")
    assert not isinstance(parts, Issue)
    assert (parts[0].text, parts[1]) == ("", "Text")


def test_only_a_line_of_dashes_alone_ends_front_matter() -> None:
    parts = split_page("---\na: b---\n---- no\n--- no\nb: ---\n--- \nText\n---\n", "x")
    assert not isinstance(parts, Issue)
    assert parts[0].text == "a: b---\n---- no\n--- no\nb: ---\n"
    assert parts[1] == "Text\n---\n"


def test_a_text_without_fences_is_an_issue() -> None:
    for text in ("", "---", "Text", " ---\na: b\n---\n", "---\na: b\n", "---\na: b\n--\n"):
        parts = split_page(text, "x")
        assert isinstance(parts, Issue), text
        assert parts.code == "page-front-matter"
        assert parts.place == Place("x", 1, 1)


def test_places_count_lines_and_columns_of_the_file() -> None:
    front = FrontMatter(file="x", text="a: b\n\né: d\n")
    assert front.place(0) == Place("x", 2, 1)
    assert front.place(3) == Place("x", 2, 4)
    assert front.place(9) == Place("x", 4, 4)


def test_fields_keep_their_order_and_the_first_of_two() -> None:
    fields, issues = fields_of(FrontMatter(file="x", text="b: 1\na: 2\nb: 3\n"))
    assert list(fields) == ["b", "a"]
    value = fields["b"][1]
    assert isinstance(value, Scalar)
    assert value.text == "1"
    assert [(i.code, i.place.line) for i in issues] == [("page-duplicate-field", 4)]


def test_unicode_line_separators_do_not_change_line_numbers() -> None:
    # YAML 1.1 ends a line at U+0085 and U+2028; an editor does not.
    front = FrontMatter(file="x", text='a: "b\u2028c\x85d"\ne: %f\n')
    _, issues = fields_of(front)
    assert [i.place.line for i in issues] == [3]


def test_a_forbidden_character_is_named_and_placed() -> None:
    _, issues = fields_of(FrontMatter(file="x", text="a: b\nc: d\x80e\n"))
    assert [(i.place, i.message, i.hint) for i in issues] == [
        (Place("x", 3, 5), "the front matter is not YAML: U+0080 is not allowed in it", "take the character out")
    ]
