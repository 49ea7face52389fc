"""Texts that follow each other are written in one go."""

from collections.abc import Callable

from jinja2 import nodes

from digest.theme.compiler.syntax_tree import walk


def merge_outputs(tree: nodes.Template) -> nodes.Template:
    """The same template, with one statement where several wrote one after the other."""
    for node in walk(tree):
        for name in node.fields:
            field = getattr(node, name)
            if isinstance(field, list) and any(isinstance(n, nodes.Output) for n in field):
                setattr(node, name, _joined(field))
    return tree


def _joined(body: list[nodes.Node]) -> list[nodes.Node]:
    done = list[nodes.Node]()
    for node in body:
        before = done[-1] if done else None
        if isinstance(node, nodes.Output) and isinstance(before, nodes.Output):
            done[-1] = nodes.Output([*before.nodes, *node.nodes], lineno=before.lineno)
        else:
            done.append(node)
    return done


def expand_output(output: nodes.Output, expand: Callable[[nodes.Expr], list[nodes.Node] | None]) -> list[nodes.Node]:
    """What an output writes: texts, and between them the statements that `written` has for some of its parts."""
    done, texts = list[nodes.Node](), list[nodes.Expr]()
    for part in output.nodes:
        statements = expand(part)
        if statements is None:
            texts.append(part)
        else:
            done += [*_output(texts), *statements]
            texts = []
    return [*done, *_output(texts)]


def _output(texts: list[nodes.Expr]) -> list[nodes.Node]:
    return [nodes.Output(texts, lineno=texts[0].lineno)] if texts else []
