"""Output merging: one output statement in place of several consecutive ones."""

from collections.abc import Callable

from jinja2 import nodes

from digest.theme.compiler.syntax_tree import walk


def merge_outputs(tree: nodes.Template) -> nodes.Template:
    """Merge consecutive output statements in place. Returns the tree."""
    for node in walk(tree):
        for name in node.fields:
            field = getattr(node, name)
            if isinstance(field, list) and any(isinstance(n, nodes.Output) for n in field):
                setattr(node, name, _merged(field))
    return tree


def _merged(body: list[nodes.Node]) -> list[nodes.Node]:
    merged = list[nodes.Node]()
    for node in body:
        previous = merged[-1] if merged else None
        if isinstance(node, nodes.Output) and isinstance(previous, nodes.Output):
            merged[-1] = nodes.Output([*previous.nodes, *node.nodes], lineno=previous.lineno)
        else:
            merged.append(node)
    return merged


def expand_output(output: nodes.Output, expand: Callable[[nodes.Expr], list[nodes.Node] | None]) -> list[nodes.Node]:
    """Split an output statement at the expressions that `expand` replaces by statements (None: it stays)."""
    expanded, expressions = list[nodes.Node](), list[nodes.Expr]()
    for expression in output.nodes:
        statements = expand(expression)
        if statements is None:
            expressions.append(expression)
        else:
            expanded += [*_output(expressions), *statements]
            expressions = []
    return [*expanded, *_output(expressions)]


def _output(expressions: list[nodes.Expr]) -> list[nodes.Node]:
    return [nodes.Output(expressions, lineno=expressions[0].lineno)] if expressions else []
