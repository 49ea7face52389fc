"""Theme check: render every page kind with sample views, and check the resulting pages."""

from collections.abc import Iterator

import msgspec

from digest.check.html.page import HtmlPage
from digest.check.site.page_checks import page_findings
from digest.check.theme.samples import FLAVOURS, TAG, Sampler
from digest.issues import Issue, Place, in_order, issue
from digest.site.context import Context
from digest.site.kinds import KINDS
from digest.site.kinds.kind import PageKind
from digest.theme import Assets, Renderer, TemplateError, Theme

BODY = "<p>The first ferry left at six.</p>\n<h2>What comes next</h2>\n<p>More boats &amp; more sailings.</p>\n"
_ESCAPED = (".html", ".xml")


def check_sample_pages(theme: Theme, assets: Assets, context: Context) -> tuple[Issue, ...]:
    """Return the issues of the pages that a theme renders from sample views. No site is built."""
    renderer = Renderer(theme, assets, context.site, lambda _: BODY)
    issues = list[Issue]()
    for flavour in FLAVOURS:
        views = Sampler(flavour, context).views()
        for kind in KINDS.values():
            issues += _template_issues(renderer, theme, kind, views[_view_of(kind)], flavour)
    return in_order(issues)


def _view_of(kind: PageKind) -> str:
    """Return the name of the view type of a page kind."""
    annotation = type(kind).view.__annotations__["return"]
    return str(next(a.__name__ for a in (*getattr(annotation, "__args__", ()), annotation) if a is not type(None)))


def _template_issues(renderer: Renderer, theme: Theme, kind: PageKind, view: object, flavour: str) -> Iterator[Issue]:
    """Yield the issues of one template. The place is its file: lines of HTML do not map to template lines."""
    where = f"with {'markup in every text' if flavour == 'hostile' else 'all optional values missing'}"
    try:
        text = renderer.render(kind.template, view)
    except TemplateError as error:
        yield msgspec.structs.replace(error.issue, message=f"{error.issue.message} ({where})")
        return
    file = Place(theme.templates[kind.template].file)
    if kind.template.endswith(_ESCAPED) and TAG in text:
        hint = "remove `safe`: only page.head.json_ld and bodies are markup"
        yield issue("template-unescaped", file, f"text of a view is rendered as markup ({where})", hint)
    if kind.template.endswith(".html"):
        for finding in page_findings(HtmlPage(kind.template, text)):
            yield issue(finding.code, file, f"{finding.message} ({where})", finding.hint)
