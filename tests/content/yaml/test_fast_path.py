"""Fast path for YAML: equality with the parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.content.frontmatter import FrontMatter, fields_of
from digest.content.yaml.fast_path import parse_plain
from digest.content.yaml.nodes import Scalar, YamlList, YamlMap
from digest.content.yaml.tree import parse_tree
from digest.speedups import VARIABLE

SPEEDUP = "yaml-fast-path"

PIECES = st.sampled_from(
    [
        "a", "b2", "Rain", "é", "2026-03-10", "x.y/z", "_", "0", "no", "null", ": ", ":", " ", "  ", ", ", ",", "[",
        "]", "{", "}", "[]", "{}", '"', "'", '"q, r"', "'s: t'", '""', "\\", " #", "#", "-", "- ", "+", "?", "!", "&a",
        "*a", "|", ">", "%", "@", "`", "~", "=", "\t", "\n", "\n  ", "\x85", "\u2028", "\u00a0", "\ufeff", "b: c",
        "k: [v, w]", "06:10", "[06:10:00+01:00]", "{k: a:b}",
    ]
)  # fmt: skip
VALUES = st.lists(PIECES, max_size=6).map("".join)
FLOWS = st.recursive(
    st.sampled_from(
        ["w", "x y", "1.5", '"q, [r]"', "''", "a/b", "2026-03-10", "é", "2026-03-10T06:10:00+01:00", "a:b c"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda values: f"[{', '.join(values)}]")
        | st.lists(inner, max_size=3).map(lambda values: f"{{{', '.join(f'k{n}: {v}' for n, v in enumerate(values))}}}")
    ),
    max_leaves=6,
)
LINES = st.tuples(st.sampled_from(["a", "b_c", "D9", "é", "- a", "null"]), st.sampled_from([": ", ":", ":  "]))
FIELDS = st.tuples(LINES, VALUES | FLOWS).map(lambda line: f"{line[0][0]}{line[0][1]}{line[1]}\n")


@given(st.lists(FIELDS, max_size=4).map("".join))
def test_the_nodes_equal_those_of_the_parser(text: str) -> None:
    quick = parse_plain(text)
    if quick is not None:
        whole = parse_tree(text)
        assert isinstance(whole, YamlMap)
        assert quick.pairs == whole.pairs


@given(st.lists(FLOWS, min_size=1, max_size=3))
def test_flow_lists_and_mappings_are_supported(values: list[str]) -> None:
    text = "".join(f"a{n}: {value}\n" for n, value in enumerate(values))
    quick, whole = parse_plain(text), parse_tree(text)
    assert isinstance(whole, YamlMap)
    assert quick is None or quick.pairs == whole.pairs


@pytest.mark.parametrize(
    "text",
    [
        "title: Nigeria's president\n",
        "title: It's 3:2, isn't it?\n",
        'title: "Talks: what next"  \n',
        "title: 'Talks: \"next\"'\n",
        "title:\n",
        "date: 2026-03-10T06:10:00+01:00\n",
        "regions: [africa, latin-america]\n",
        "regions: []\n",
        'corrections: [{date: 2026-03-10, text: "It\'s, well, wrong."}]\n',
        "wire: {seen: 2026-03-10T06:10:00+01:00, position: 1, also: [a:b, 06:10]}\n",
        'wire: {dump: a.txt, position: 1, also: [b.txt], seals: {title: 5f1c, body: "1 2"}}\n',
    ],
)
def test_serialized_fields_are_supported(text: str) -> None:
    quick = parse_plain(text)
    assert quick is not None
    assert quick == parse_tree(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title: a",
        "title: Talks: next\n",
        "title: Rain #snow\n",
        "title: Rain:\n",
        "title: - Rain\n",
        "title: a\n  b\n",
        "title: |\n  a\n",
        'title: "a\\n"\n',
        "title: 'it''s'\n",
        "title: &t a\n",
        "title: a\tb\n",
        "# title\n",
        "- title\n",
        "title: [a, ]\n",
        "title: [a\n",
        "title: {a: b]\n",
        "title: [a: b]\n",
        "title: {a}\n",
        "title: [a:]\n",
        "title: [a:, b]\n",
        "title: {a: b:}\n",
        "title: {a: :b}\n",
        "title: [a] b\n",
        "regions: [[[[[[[[a]]]]]]]]\n",
        "title: {a: {a: {a: {a: {a: {a: {a: b}}}}}}}\n",
    ],
)
def test_other_yaml_returns_none(text: str) -> None:
    assert parse_plain(text) is None


def test_nodes_have_positions() -> None:
    table = parse_plain('a: [b, "c"]\n')
    assert table == YamlMap(
        ((Scalar("a", 0, 1, True), YamlList((Scalar("b", 4, 5, True), Scalar("c", 7, 10, False)), 3, 11)),), 0, 12
    )


def test_the_switch_gives_the_same_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    front_matter = FrontMatter(
        file="a.md", text='id: a1\ntitle: "Talks: day 2"\nregions: [asia, "x, y"]\nwire: {key: k, lines: 1-2}\n'
    )
    fast = fields_of(front_matter)
    monkeypatch.setenv(VARIABLE, SPEEDUP)
    assert parse_plain(front_matter.text) is None
    assert fields_of(front_matter) == fast
