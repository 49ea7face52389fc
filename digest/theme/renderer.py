"""Render a view with a template. Templates are compiled once in each process; a page leaves no state behind.

Pages are rendered by the code of the template compiler, if the theme is trusted. Where that code fails, Jinja's own
code renders the page again: it succeeds, or reports what is wrong and where.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, UndefinedError

from digest.issues import Issue, Place, issue
from digest.speedups import is_enabled
from digest.theme.assets import Assets
from digest.theme.dependencies import referenced_templates
from digest.theme.environment.errors import RENDER_ERRORS, TemplateError, failure_issue, place_in_template, syntax_issue
from digest.theme.environment.jinja import SiteLike, environment_of
from digest.theme.environment.sandbox import SandboxEnvironment
from digest.theme.theme import Template, Theme
from digest.toml import unknown_name_hint

if TYPE_CHECKING:
    from digest.theme.compiler.environment import DirectEnvironment

# Characters that XML 1.0 does not allow, not even escaped (section 2.2).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Renderer:
    """Renders pages with the templates of a theme.

    `body_html` returns the HTML of a body by its content path. `cache_folder` keeps compiled templates between runs.
    """

    def __init__(
        self,
        theme: Theme,
        assets: Assets,
        site_view: SiteLike,
        body_html: Callable[[str], str],
        cache_folder: Path | None = None,
    ) -> None:
        self._theme = theme
        self._referenced = {name for t in theme.templates.values() for name in referenced_templates(t.source)}
        environment_class = SandboxEnvironment if theme.sandboxed else Environment
        self._environment = environment_of(theme, assets, site_view, body_html, environment_class)
        self._compiler: DirectEnvironment | None = None
        if is_enabled("template-compiler") and not theme.sandboxed:
            from digest.theme.compiler.environment import compiling_environment  # noqa: PLC0415 - it may be off

            self._compiler = compiling_environment(theme, assets, site_view, body_html, cache_folder)

    def load(self, template: str, *, optimise: bool = False) -> None:
        """Compile a template, and those that it imports, before the first page. Errors are reported by `render`.

        With `optimise`, compilation takes longer and rendering less time: worth it for a template of many pages.
        """
        if self._compiler:
            self._compiler.flattened.update({template} - self._referenced if optimise else ())
            with suppress(*RENDER_ERRORS):
                self._compiler.render(template, None)  # fails without a view, but has loaded the imports

    def render(self, template: str, view: object) -> str:
        """Return the page. Raises TemplateError, and OSError when a body cannot be read."""
        text = self._render_compiled(template, view)
        if text is None:
            text = self._render_plain(template, view)
        if template.endswith(".xml"):
            text = _NOT_XML.sub("", text)
        return text.strip() + "\n"

    def _render_compiled(self, template: str, view: object) -> str | None:
        """Render with the template compiler. Returns None where it cannot."""
        if self._compiler:
            with suppress(*RENDER_ERRORS):
                return self._compiler.render(template, view)
        return None

    def _render_plain(self, template: str, view: object) -> str:
        """Render with Jinja's own code. It is slower, but its errors name the problem and the line."""
        try:
            return self._environment.get_template(template).render(page=view)
        except RENDER_ERRORS as error:
            raise TemplateError(self._issue(template, error)) from error

    def _issue(self, template: str, error: Exception) -> Issue:
        if isinstance(error, TemplateSyntaxError):
            return syntax_issue(error, self._template(error.name or template), tuple(self._environment.filters))
        message, _, hint = str(error).partition("\n")
        place = self._place(error.__traceback__, message) or Place(self._template(template).file)
        if isinstance(error, TemplateNotFound):
            names = iter(sorted(self._theme.templates))
            return issue(
                "template-missing", place, f"there is no template `{error.name}`", unknown_name_hint(message, names)
            )
        if isinstance(error, UndefinedError):
            return issue("template-undefined", place, message, hint)
        return failure_issue(error, place)

    def _template(self, name: str) -> Template:
        return self._theme.templates.get(name) or Template(name=name, file=name, source="")

    def _place(self, traceback: TracebackType | None, message: str) -> Place | None:
        """Place of the innermost template line in a traceback. Jinja gives these frames the template's file name."""
        sources = {t.file: t.source for t in self._theme.templates.values()}
        place = None
        while traceback:
            file = traceback.tb_frame.f_code.co_filename
            if file in sources:
                place = place_in_template(sources[file], file, traceback.tb_lineno, message)
            traceback = traceback.tb_next
        return place
