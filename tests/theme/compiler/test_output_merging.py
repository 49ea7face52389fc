"""Consecutive output statements become one."""

from jinja2 import Environment, nodes

from digest.theme.compiler.output_merging import merge_outputs


def test_consecutive_outputs_are_merged() -> None:
    environment = Environment(autoescape=True)
    output = nodes.Output([nodes.TemplateData("a")])
    inner = nodes.If(nodes.Name("x", "load"), [output, nodes.Output([nodes.TemplateData("b")])], [], [])
    tree = nodes.Template([output, output, inner, output])
    tree.set_lineno(1).set_environment(environment)
    joined = merge_outputs(tree)
    assert [type(n) for n in joined.body] == [nodes.Output, nodes.If, nodes.Output]
    assert [len(n.body) for n in joined.find_all(nodes.If)] == [1]


def test_statements_between_outputs_keep_their_place() -> None:
    environment = Environment(autoescape=True)
    tree = environment.parse("a{% set x = 1 %}b{% if x %}c{% endif %}d")
    assert [type(n) for n in merge_outputs(tree).body] == [
        nodes.Output,
        nodes.Assign,
        nodes.Output,
        nodes.If,
        nodes.Output,
    ]
