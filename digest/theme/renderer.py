"""A template and a view make a page. Templates are compiled once a process; nothing else is kept between pages."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.runtime import Context

from digest.issues import Issue, Place, issue
from digest.theme.assets import Assets, theme_context_digest
from digest.theme.compiler.code_generation import DirectEnvironment
from digest.theme.compiler.disk_cache import Compiled
from digest.theme.dependencies import referenced_templates
from digest.theme.environment.errors import RENDER_ERRORS, TemplateError, failure_issue, place_in_template, syntax_issue
from digest.theme.environment.jinja import SiteLike, environment_of
from digest.theme.environment.sandbox import SandboxEnvironment
from digest.theme.theme import Template, Theme
from digest.toml import unknown

# What XML 1.0 cannot hold, not even escaped (section 2.2).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Renderer:
    """Draws pages. `resolve` gives the HTML of a body by its content path; `cache` is where compiled templates lie."""

    def __init__(
        self,
        theme: Theme,
        assets: Assets,
        site_view: SiteLike,
        body_html: Callable[[str], str],
        cache_folder: Path | None = None,
    ) -> None:
        self._theme = theme
        kind = SandboxEnvironment if theme.sandboxed else Environment
        self._careful = environment_of(theme, assets, site_view, body_html, kind)
        self._direct = environment_of(theme, assets, site_view, body_html, DirectEnvironment)
        self._globals = dict(self._direct.globals)
        self._direct.set_constants("site", "param", "t", "asset")
        self._named = {name for own in theme.templates.values() for name in referenced_templates(own.source)}
        if cache_folder:
            self._direct.bytecode_cache = Compiled(cache_folder, f"{theme_context_digest(theme, assets)} {site_view!r}")

    def load(self, template: str, *, optimise: bool = False) -> None:
        """A template that is going to be drawn, and what it imports. What is wrong with it shows when it is.

        One that draws pages `often` takes longer to load, and less to draw.
        """
        if not self._theme.sandboxed:
            self._direct.flattened.update({template} - self._named if optimise else ())
            with suppress(*RENDER_ERRORS):
                self._drawn(template, None)  # as far as that goes

    def render(self, template: str, view: object) -> str:
        """The page. Raises TemplateError, and OSError when a body cannot be read."""
        try:
            text = self._drawn_carefully(template, view) if self._theme.sandboxed else self._drawn(template, view)
        except RENDER_ERRORS:
            text = self._drawn_carefully(template, view)
        if template.endswith(".xml"):
            text = _NOT_XML.sub("", text)
        return text.strip() + "\n"

    def _drawn(self, name: str, view: object) -> str:
        """What Template.render does, with the names that are the same on every page put together once."""
        template = self._direct.get_template(name)
        context = Context(self._direct, {**self._globals, "page": view}, template.name, template.blocks)
        return "".join(template.root_render_func(context))

    def _drawn_carefully(self, name: str, view: object) -> str:
        """The same by Jinja's own code, which is in no hurry and knows what went wrong and where."""
        try:
            return self._careful.get_template(name).render(page=view)
        except RENDER_ERRORS as error:
            raise TemplateError(self._issue(name, error)) from error

    def _issue(self, template: str, error: Exception) -> Issue:
        if isinstance(error, TemplateSyntaxError):
            return syntax_issue(error, self._template(error.name or template), tuple(self._careful.filters))
        message, _, hint = str(error).partition("\n")
        place = self._place(error.__traceback__, message) or Place(self._template(template).file)
        if isinstance(error, TemplateNotFound):
            names = iter(sorted(self._theme.templates))
            return issue("template-missing", place, f"there is no template `{error.name}`", unknown(message, names))
        if isinstance(error, UndefinedError):
            return issue("template-undefined", place, message, hint)
        return failure_issue(error, place)

    def _template(self, name: str) -> Template:
        return self._theme.templates.get(name) or Template(name=name, file=name, source="")

    def _place(self, traceback: TracebackType | None, message: str) -> Place | None:
        """The innermost line of a template in a traceback; Jinja has given those frames the template's own name."""
        sources = {t.file: t.source for t in self._theme.templates.values()}
        place = None
        while traceback:
            file = traceback.tb_frame.f_code.co_filename
            if file in sources:
                place = place_in_template(sources[file], file, traceback.tb_lineno, message)
            traceback = traceback.tb_next
        return place
