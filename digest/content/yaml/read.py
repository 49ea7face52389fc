"""YAML that is not plain: its tree, or what is wrong with it and where."""

import re
from collections.abc import Callable

import yaml

from digest.content.yaml.nodes import Node
from digest.content.yaml.tree import UnsafeYamlError, parse_tree
from digest.issues import Issue, Place, issue

_NOT_YAML = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def parse_yaml(text: str, place: Callable[[int], Place], hint: str) -> Node | Issue | None:
    """The root of a document; None for an empty one. `place` says where a character stands; `hint` helps with most."""
    try:
        return parse_tree(text)
    except yaml.YAMLError as error:
        return _wrong(text, place, hint, error)


def _wrong(text: str, place: Callable[[int], Place], hint: str, error: yaml.YAMLError) -> Issue:
    said = "the front matter is not YAML"
    if isinstance(error, UnsafeYamlError):
        return issue("page-yaml", place(error.index), str(error), "write it out, and flat")
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        while_what = error.context if error.context and error.context.startswith("while") else ""
        # What never ends is shown where it begins.
        endless = error.context_mark and error.problem_mark.index >= len(text.rstrip())
        mark = error.context_mark if endless and error.context_mark else error.problem_mark
        return issue("page-yaml", place(mark.index), f"{said}: {error.problem} {while_what}".rstrip(), hint)
    bad = _NOT_YAML.search(text)
    letter = f"U+{ord(bad[0]):04X} is not allowed in it" if bad else str(error)
    return issue("page-yaml", place(bad.start() if bad else 0), f"{said}: {letter}", "take the character out")
