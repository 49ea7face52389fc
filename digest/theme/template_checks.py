"""Static checks of a theme's templates, without rendering a page."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from digest.issues import Issue, Place, issue, sort_issues
from digest.theme.dependencies import closure
from digest.theme.environment.errors import syntax_issue
from digest.theme.environment.jinja import syntax_environment
from digest.theme.environment.sandbox import SandboxEnvironment
from digest.theme.page_kinds import KINDS
from digest.theme.theme import Template, Theme
from digest.toml import unknown_name_hint

# Methods that change a list, a dictionary or a set.
_MUTATING_METHODS = "add append clear discard extend insert pop popitem remove reverse setdefault sort update"
_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


def check_templates(theme: Theme, trusted_folder: Path | None = None) -> tuple[Issue, ...]:
    """Return issues for missing templates, syntax errors, names that are not constant, and unknown names.

    Templates in `trusted_folder` are skipped: the project's own tests check them.
    """
    environment = syntax_environment(theme, SandboxEnvironment if theme.sandboxed else Environment)
    templates = {t.name: t for t in theme.templates.values()}.values()  # each has a full and maybe a plain name
    checked = [t for t in templates if not (trusted_folder and Path(t.file).is_relative_to(trusted_folder))]
    issues = [i for t in checked for i in _template_issues(environment, theme, t)]
    return sort_issues([*issues, *_missing_templates(theme)])


def _missing_templates(theme: Theme) -> Iterator[Issue]:
    for kind, names in KINDS.items():
        for name in names:
            if name not in theme.templates:
                hint = f"the page kind `{kind}` needs it; put it into `templates`"
                yield issue("template-missing", theme.declaration_files[theme.name], f"the theme has no `{name}`", hint)
    for layer, kinds in theme.declared_kinds.items():
        for name in (name for kind in kinds for name in KINDS[kind]):
            if f"{layer}/{name}" not in theme.templates:
                hint = "take the kind out of `kinds` in theme.toml, or add the template"
                message = f"`kinds` needs the template `{name}`, which the theme does not have"
                yield issue("template-missing", theme.declaration_files[layer], message, hint)


def _template_issues(environment: Environment, theme: Theme, template: Template) -> Iterator[Issue]:
    try:
        tree = environment.parse(template.source, template.name, template.file)
        environment.compile(tree, template.name, template.file, raw=True)
    except TemplateSyntaxError as error:
        yield syntax_issue(error, template, tuple(environment.filters))
        return
    for node in tree.find_all(_REFERENCES):
        yield from _reference_issues(theme, template, node)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ("t", "asset"):
            yield from _name_issues(theme, Place(template.file, call.lineno), call.node.name, call)
    yield from _mutation_issues(template, tree)


def _reference_issues(theme: Theme, template: Template, node: nodes.Node) -> Iterator[Issue]:
    """Check the name in an extends, include or import tag."""
    place = Place(template.file, node.lineno)
    name = getattr(node, "template", None)
    tag = "extends" if isinstance(node, nodes.Extends) else "include" if isinstance(node, nodes.Include) else "import"
    if not isinstance(name, nodes.Const) or not isinstance(name.value, str):
        hint = f'write {{% {tag} "name.html" %}}: dependencies must be known without rendering the page'
        yield issue("template-dynamic", place, f"the name in this {tag} is not a constant", hint)
    elif name.value not in theme.templates:
        hint = unknown_name_hint(name.value, theme.templates)
        if not getattr(node, "ignore_missing", False):
            yield issue("template-missing", place, f"there is no template `{name.value}`", hint)
    elif template.name in closure(theme, name.value).names:
        hint = "to use the parent's template, write the name of its theme first: `core/…`"
        yield issue("template-syntax", place, f"this {tag} of `{name.value}` leads back to `{template.name}`", hint)


def _name_issues(theme: Theme, place: Place, function: str, call: nodes.Call) -> Iterator[Issue]:
    """Check the name in a call of `t()` or `asset()`."""
    known: Mapping[str, object] = theme.strings if function == "t" else theme.static_files
    name = call.args[0] if call.args else None
    if isinstance(name, nodes.Const):
        if name.value not in known:
            problem = "the theme has no string" if function == "t" else "there is no asset"
            hint = unknown_name_hint(str(name.value), known)
            yield issue("template-undefined", place, f"{problem} `{name.value}`", hint)
    elif function == "asset":
        hint = 'write asset("name.css"): the shipped files must be known without rendering a page'
        yield issue("template-dynamic", place, "the name in this asset() is not a constant", hint)


def _mutation_issues(template: Template, tree: nodes.Template) -> Iterator[Issue]:
    """Find changes of values that several pages share: a page would depend on the pages rendered before it."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Getattr) and call.node.attr in _MUTATING_METHODS.split():
            hint = "templates must not change values: make a new value with `set`, `+` or a filter"
            message = f"`{call.node.attr}()` changes a value"
            yield issue("template-state", Place(template.file, call.lineno), message, hint)
    for macro in tree.find_all(nodes.Macro):
        local_names = {n.name for n in macro.find_all(nodes.Name) if n.ctx != "load"}
        for reference in macro.find_all(nodes.NSRef):
            if reference.name not in local_names:
                target = f"{reference.name}.{reference.attr}"
                message = f"the macro `{macro.name}` sets `{target}`, which it did not create"
                hint = "a macro may only set a namespace that it creates: its output is cached and used again"
                yield issue("template-state", Place(template.file, reference.lineno), message, hint)
