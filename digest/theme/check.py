"""What can be said of a theme's templates without drawing a page."""

from collections.abc import Iterator, Mapping

from jinja2 import Environment, TemplateSyntaxError, nodes

from digest.issues import Issue, Place, in_order, issue
from digest.theme.declaration import unknown
from digest.theme.environment import bare_environment
from digest.theme.kinds import KINDS
from digest.theme.renderer import syntax_issue
from digest.theme.theme import Template, Theme

_DRAWING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


def check_templates(theme: Theme) -> tuple[Issue, ...]:
    """All that is wrong: what is missing, does not parse, is named by an expression, or draws on what is not there."""
    environment = bare_environment(theme, Environment)
    own = {t.name: t for t in theme.templates.values()}
    found = [i for t in own.values() for i in _template(environment, theme, t)]
    return in_order([*found, *_missing(theme)])


def _missing(theme: Theme) -> Iterator[Issue]:
    for kind, names in KINDS.items():
        for name in names:
            if name not in theme.templates:
                hint = f"it draws the page kind `{kind}`; put it into `templates`"
                yield issue("template-missing", f"themes/{theme.name}", f"the theme has no `{name}`", hint)
    for layer, kinds in theme.kinds.items():
        for name in (name for kind in kinds for name in KINDS[kind]):
            if f"{layer}/{name}" not in theme.templates:
                hint = "take the kind out of `kinds` in theme.toml, or add the template"
                yield issue(
                    "template-missing", f"themes/{layer}", f"the theme says it draws `{name}`, and has none", hint
                )


def _template(environment: Environment, theme: Theme, template: Template) -> Iterator[Issue]:
    try:
        tree = environment.parse(template.source, template.name, template.file)
        environment.compile(tree, template.name, template.file, raw=True)
    except TemplateSyntaxError as error:
        yield syntax_issue(error, template.file)
        return
    for node in tree.find_all(_DRAWING):
        yield from _drawn(theme, Place(template.file, node.lineno), node)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ("t", "asset"):
            yield from _asked(theme, Place(template.file, call.lineno), call.node.name, call)


def _drawn(theme: Theme, place: Place, node: nodes.Node) -> Iterator[Issue]:
    """What an extends, include or import names."""
    named = getattr(node, "template", None)
    tag = "extends" if isinstance(node, nodes.Extends) else "include" if isinstance(node, nodes.Include) else "import"
    if not isinstance(named, nodes.Const) or not isinstance(named.value, str):
        hint = f'write {{% {tag} "name.html" %}}: what a page is made of must be known without drawing it'
        yield issue("template-dynamic", place, f"what this {tag} names is no constant", hint)
    elif named.value not in theme.templates:
        hint = unknown(named.value, theme.templates)
        yield issue("template-missing", place, f"there is no template `{named.value}`", hint)


def _asked(theme: Theme, place: Place, function: str, call: nodes.Call) -> Iterator[Issue]:
    """The string or asset that is asked for by name."""
    known: Mapping[str, object] = theme.strings if function == "t" else theme.static
    named = call.args[0] if call.args else None
    if isinstance(named, nodes.Const):
        if named.value not in known:
            what = "the theme has no string" if function == "t" else "there is no asset"
            hint = unknown(str(named.value), known)
            yield issue("template-undefined", place, f"{what} `{named.value}`", hint)
    elif function == "asset":
        hint = 'write asset("name.css"): what is shipped must be known without drawing a page'
        yield issue("template-dynamic", place, "what this asset() names is no constant", hint)
