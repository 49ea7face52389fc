"""What can be said of a theme's templates without drawing a page."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from digest.issues import Issue, Place, in_order, issue
from digest.theme.dependencies import closure
from digest.theme.environment.errors import syntax_issue
from digest.theme.environment.jinja import syntax_environment
from digest.theme.environment.sandbox import SandboxEnvironment
from digest.theme.page_kinds import KINDS
from digest.theme.theme import Template, Theme
from digest.toml import unknown

# The methods of lists, dictionaries and sets that change them.
_CHANGING = "add append clear discard extend insert pop popitem remove reverse setdefault sort update"
_DRAWING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


def check_templates(theme: Theme, trusted_folder: Path | None = None) -> tuple[Issue, ...]:
    """All that is wrong: what is missing, does not parse, is named by an expression, or draws on what is not there.

    Templates in the folder `trusted` were looked at when they were written.
    """
    environment = syntax_environment(theme, SandboxEnvironment if theme.sandboxed else Environment)
    own = {
        t.name: t
        for t in theme.templates.values()
        if not (trusted_folder and Path(t.file).is_relative_to(trusted_folder))
    }
    found = [i for t in own.values() for i in _template(environment, theme, t)]
    return in_order([*found, *_missing(theme)])


def _missing(theme: Theme) -> Iterator[Issue]:
    for kind, names in KINDS.items():
        for name in names:
            if name not in theme.templates:
                hint = f"it draws the page kind `{kind}`; put it into `templates`"
                yield issue("template-missing", theme.declaration_files[theme.name], f"the theme has no `{name}`", hint)
    for layer, kinds in theme.declared_kinds.items():
        for name in (name for kind in kinds for name in KINDS[kind]):
            if f"{layer}/{name}" not in theme.templates:
                hint = "take the kind out of `kinds` in theme.toml, or add the template"
                yield issue(
                    "template-missing",
                    theme.declaration_files[layer],
                    f"the theme says it draws `{name}`, and has none",
                    hint,
                )


def _template(environment: Environment, theme: Theme, template: Template) -> Iterator[Issue]:
    try:
        tree = environment.parse(template.source, template.name, template.file)
        environment.compile(tree, template.name, template.file, raw=True)
    except TemplateSyntaxError as error:
        yield syntax_issue(error, template, tuple(environment.filters))
        return
    for node in tree.find_all(_DRAWING):
        yield from _drawn(theme, template, node)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ("t", "asset"):
            yield from _asked(theme, Place(template.file, call.lineno), call.node.name, call)
    yield from _changes(template, tree)


def _drawn(theme: Theme, template: Template, node: nodes.Node) -> Iterator[Issue]:
    """What an extends, include or import names."""
    place = Place(template.file, node.lineno)
    named = getattr(node, "template", None)
    tag = "extends" if isinstance(node, nodes.Extends) else "include" if isinstance(node, nodes.Include) else "import"
    if not isinstance(named, nodes.Const) or not isinstance(named.value, str):
        hint = f'write {{% {tag} "name.html" %}}: what a page is made of must be known without drawing it'
        yield issue("template-dynamic", place, f"what this {tag} names is no constant", hint)
    elif named.value not in theme.templates:
        hint = unknown(named.value, theme.templates)
        if not getattr(node, "ignore_missing", False):
            yield issue("template-missing", place, f"there is no template `{named.value}`", hint)
    elif template.name in closure(theme, named.value).names:
        hint = "to build on the parent's own, put its theme in front: `core/…`"
        yield issue("template-syntax", place, f"this {tag} of `{named.value}` leads back to `{template.name}`", hint)


def _asked(theme: Theme, place: Place, function: str, call: nodes.Call) -> Iterator[Issue]:
    """The string or asset that is asked for by name."""
    known: Mapping[str, object] = theme.strings if function == "t" else theme.static_files
    named = call.args[0] if call.args else None
    if isinstance(named, nodes.Const):
        if named.value not in known:
            what = "the theme has no string" if function == "t" else "there is no asset"
            hint = unknown(str(named.value), known)
            yield issue("template-undefined", place, f"{what} `{named.value}`", hint)
    elif function == "asset":
        hint = 'write asset("name.css"): what is shipped must be known without drawing a page'
        yield issue("template-dynamic", place, "what this asset() names is no constant", hint)


def _changes(template: Template, tree: nodes.Template) -> Iterator[Issue]:
    """What would make a page depend on those drawn before it: values that change, seen from more than one page."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Getattr) and call.node.attr in _CHANGING.split():
            hint = "templates change nothing: make a new value with `set`, `+` or a filter"
            yield issue(
                "template-state", Place(template.file, call.lineno), f"`{call.node.attr}()` changes a value", hint
            )
    for macro in tree.find_all(nodes.Macro):
        own = {n.name for n in macro.find_all(nodes.Name) if n.ctx != "load"}
        for reference in macro.find_all(nodes.NSRef):
            if reference.name not in own:
                message = f"the macro `{macro.name}` sets `{reference.name}.{reference.attr}`, which is not its own"
                hint = "a macro may only set what it makes itself: its text is drawn once and used again"
                yield issue("template-state", Place(template.file, reference.lineno), message, hint)
