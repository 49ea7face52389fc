"""Parse any YAML into a tree of nodes, or an issue with its place."""

import re
from collections.abc import Callable

import yaml

from digest.content.yaml.nodes import Node
from digest.content.yaml.tree import UnsafeYamlError, parse_tree
from digest.issues import Issue, Place, issue

_NOT_YAML = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def parse_yaml(text: str, place: Callable[[int], Place], hint: str) -> Node | Issue | None:
    """Return the root of a document, None for an empty one, or an issue.

    `place` converts the index of a character to a place; `hint` is the hint for syntax errors.
    """
    try:
        return parse_tree(text)
    except yaml.YAMLError as error:
        return _issue_of(text, place, hint, error)


def _issue_of(text: str, place: Callable[[int], Place], hint: str, error: yaml.YAMLError) -> Issue:
    message = "the front matter is not YAML"
    if isinstance(error, UnsafeYamlError):
        return issue("page-yaml", place(error.index), str(error), "write the value without aliases or deep nesting")
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        context = error.context if error.context and error.context.startswith("while") else ""
        # A construct without an end is reported at its start.
        unterminated = error.context_mark and error.problem_mark.index >= len(text.rstrip())
        mark = error.context_mark if unterminated and error.context_mark else error.problem_mark
        return issue("page-yaml", place(mark.index), f"{message}: {error.problem} {context}".rstrip(), hint)
    bad = _NOT_YAML.search(text)
    problem = f"U+{ord(bad[0]):04X} is not allowed in it" if bad else str(error)
    return issue("page-yaml", place(bad.start() if bad else 0), f"{message}: {problem}", "take the character out")
