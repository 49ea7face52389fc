"""Texts that follow each other are written in one go."""

from jinja2 import nodes


def join_outputs(tree: nodes.Template) -> nodes.Template:
    """The same template, with one statement where several wrote one after the other."""
    for node in (tree, *tree.find_all(nodes.Node)):
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
