"""The compiling environment: runs the steps of the compiler, and renders pages with the generated code."""

from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

from digest.theme.assets import Assets, theme_context_digest
from digest.theme.compiler.code_generation import DirectGenerator, escape, trim
from digest.theme.compiler.constant_folding import fold_constants
from digest.theme.compiler.disk_cache import template_cache
from digest.theme.compiler.inheritance import flatten_inheritance
from digest.theme.compiler.macro_inlining import inline_macros, remove_unused_imports
from digest.theme.compiler.macros import CachedMacro, DirectMacro, markup
from digest.theme.compiler.output_merging import merge_outputs
from digest.theme.compiler.syntax_tree import bound_names, copy_tree, parsed_template, replace_nodes
from digest.theme.environment.jinja import SiteLike, environment_of
from digest.theme.theme import Theme

_CONSTANT_PREFIX = "constant_"
"""Prefix of the environment's attributes that hold constants."""


def compiling_environment(
    theme: Theme,
    assets: Assets,
    site_view: SiteLike,
    body_html: Callable[[str], str],
    cache_folder: Path | None = None,
) -> "DirectEnvironment":
    """Make the environment that compiles and renders the templates of a theme. Raises no error for bad templates.

    `body_html` returns the HTML of a body by its content path. `cache_folder` keeps compiled templates.
    """
    environment = environment_of(theme, assets, site_view, body_html, DirectEnvironment)
    environment.set_constants("site", "param", "t", "asset")
    environment.bytecode_cache = template_cache(cache_folder, f"{theme_context_digest(theme, assets)} {site_view!r}")
    return environment


class DirectTemplate(Template):
    """A compiled template whose code uses the `escape` and the macro classes of this package."""

    @classmethod
    def _from_namespace(
        cls,
        environment: Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's name for it
    ) -> Template:
        namespace.update({"escape": escape, "Markup": markup, "Macro": DirectMacro, "CachedMacro": CachedMacro})
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Return the module of an imported template, made once, with the caches of its macros enabled."""
        is_new = self._module is None
        module = super()._get_default_module(ctx)
        for macro in vars(module).values() if is_new else ():
            if isinstance(macro, CachedMacro):
                macro.enable_cache()
        return module


class DirectEnvironment(Environment):
    """Jinja environment with the compiler's steps between parsing and code generation."""

    code_generator_class = DirectGenerator
    template_class = DirectTemplate

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["trim"] = trim
        self._templates: dict[str | Template, Template] = {}
        self.flattened: set[str] = set()
        """Templates to merge with those that they extend: no other template extends them, and they render many pages,
        so the longer compilation pays."""
        self._parents: dict[str, nodes.Template] = {}
        self.constants: Mapping[str, Any] = {}

    def set_constants(self, *names: str) -> None:
        """Declare globals that have the same value on every page."""
        self.constants = {name: self.globals[name] for name in names}
        vars(self).update((_CONSTANT_PREFIX + name, value) for name, value in self.constants.items())

    def render(self, name: str, page: object) -> str:
        """Render a page, as `Template.render` does. Raises RENDER_ERRORS where Jinja's own code might succeed."""
        template = self.get_template(name)
        context = Context(self, {**self.globals, "page": page}, template.name, template.blocks)
        return "".join(template.root_render_func(context))

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name for it
    ) -> Template:
        """Return a template. Jinja checks each time whether it is up to date; here it always is."""
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = super().get_template(name, parent, globals)
        return template

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        flatten = name in self.flattened
        tree = flatten_inheritance(source, self, name, self._parent) if flatten else source
        # A template that it extends could bind the same names to other values.
        outside_macros = flatten and not tree.find(nodes.Extends)
        tree = inline_macros(tree, self, name, outside_macros=outside_macros)
        tree = fold_constants(tree, self, name, self.constants)
        tree = remove_unused_imports(merge_outputs(self._with_direct_constants(tree)), self)
        return super()._generate(tree, name, filename, defer_init)

    def _parent(self, _: Environment, name: str) -> nodes.Template:
        """Return the optimised tree of a template that others extend. It is made once for all of them."""
        if name not in self._parents:
            tree = inline_macros(copy_tree(parsed_template(self, name)), self, name, outside_macros=True)
            self._parents[name] = fold_constants(tree, self, name, self.constants)
        return self._parents[name]

    def _with_direct_constants(self, tree: nodes.Template) -> nodes.Template:
        """Replace names of constants by attributes of the environment, which need no lookup in the context."""
        names = self.constants.keys() - bound_names(tree)

        def attribute(node: nodes.Node) -> nodes.Node | None:
            if not isinstance(node, nodes.Name) or node.name not in names:
                return None
            return nodes.EnvironmentAttribute(_CONSTANT_PREFIX + node.name, lineno=node.lineno)

        return replace_nodes(tree, attribute)
