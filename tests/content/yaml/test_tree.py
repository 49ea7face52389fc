"""YAML parsers: libyaml and the pure parser agree, and reject costly documents."""

from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest.content.yaml.fast_path import parse_plain
from digest.content.yaml.nodes import Node, Scalar, YamlList, YamlMap
from digest.content.yaml.tree import MAX_DEPTH, FastParser, PurePythonParser, UnsafeYamlError, parse_tree

PARSERS = pytest.mark.parametrize("parser", [FastParser, PurePythonParser])
TOKENS = st.lists(
    st.sampled_from(["a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ", ", '"', "'", "&a ", "*a", "|\n", "#", "😀"]),
    max_size=30,
).map("".join)


def _tree_of(text: str) -> Node | None:
    """As front matter is read: plain, if it is."""
    return parse_plain(text) or parse_tree(text)


@PARSERS
def test_every_scalar_is_text(parser: type) -> None:
    root = parse_tree("a: no\nb: 12:30\nc: 1e3\nd: ~\ne: '~'\n!!int f: !!float g\n", parser)
    assert isinstance(root, YamlMap)
    values = [(value.text, value.plain) for _, value in root.pairs if isinstance(value, Scalar)]
    assert values == [("no", True), ("12:30", True), ("1e3", True), ("~", True), ("~", False), ("g", True)]


@PARSERS
def test_nodes_have_positions(parser: type) -> None:
    root = parse_tree("a: é\nb:\n  - 😀x\n  - y\n", parser)
    assert isinstance(root, YamlMap)
    assert root.pairs[0] == (Scalar("a", 0, 1, True), Scalar("é", 3, 4, True))
    listing = root.pairs[1][1]
    assert isinstance(listing, YamlList)
    assert listing.entries == (Scalar("😀x", 12, 14, True), Scalar("y", 19, 20, True))


@PARSERS
def test_an_empty_document_has_no_root(parser: type) -> None:
    assert parse_tree("", parser) is None
    assert parse_tree("# a comment\n", parser) is None


@PARSERS
def test_an_alias_is_rejected_with_the_position_of_its_value(parser: type) -> None:
    with pytest.raises(UnsafeYamlError) as refused:
        parse_tree("a: &x [b]\nc: *x\n", parser)
    assert refused.value.index == 3


@PARSERS
def test_a_recursive_list_is_rejected(parser: type) -> None:
    with pytest.raises(UnsafeYamlError):
        parse_tree("a: &x [*x]\n", parser)


@PARSERS
@pytest.mark.parametrize("opening", ["[", "{a: ", "[{a: ", "- ", "? "])
def test_deep_nesting_is_rejected(parser: type, opening: str) -> None:
    start = "a: " if opening[0] in "[{" else "a:\n  "
    with pytest.raises(UnsafeYamlError, match=f"more than {MAX_DEPTH} deep"):
        parse_tree(start + opening * 20_000, parser)


@PARSERS
def test_deep_indentation_is_rejected(parser: type) -> None:
    with pytest.raises(UnsafeYamlError, match=f"more than {MAX_DEPTH} deep"):
        parse_tree("".join(f"{' ' * n}a:\n" for n in range(300)), parser)


@PARSERS
def test_a_lone_surrogate_is_an_error(parser: type) -> None:
    with pytest.raises(yaml.YAMLError):
        parse_tree('a: "\\ud800"\n', parser)


@given(TOKENS)
def test_both_parsers_and_the_fast_path_agree(text: str) -> None:
    # The position of the end of a block is the parser's own affair.
    try:
        pure = parse_tree(text, PurePythonParser)
    except yaml.YAMLError:
        with pytest.raises(yaml.YAMLError):
            _tree_of(text)
        return
    # PyYAML's own parser lets a few things pass that libyaml does not.
    with suppress(yaml.YAMLError):
        assert said(_tree_of(text)) == said(pure)


def said(node: object) -> object:
    """Return a tree without positions."""
    if isinstance(node, YamlMap):
        return [(said(key), said(value)) for key, value in node.pairs]
    if isinstance(node, YamlList):
        return [said(entry) for entry in node.entries]
    return (node.text, node.plain) if isinstance(node, Scalar) else node
