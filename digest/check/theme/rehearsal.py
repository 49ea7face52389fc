"""A theme before it is used: every kind of page drawn with sample views, and what comes out looked at as pages are."""

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
    """All that is wrong with the pages that a theme draws of sample views: nothing is built for that."""
    renderer = Renderer(theme, assets, context.site, lambda _: BODY)
    found = list[Issue]()
    for flavour in FLAVOURS:
        views = Sampler(flavour, context).views()
        for kind in KINDS.values():
            found += _drawn(renderer, theme, kind, views[_view_of(kind)], flavour)
    return in_order(found)


def _view_of(kind: PageKind) -> str:
    """The name of the type of view that a kind draws."""
    said = type(kind).view.__annotations__["return"]
    return str(next(a.__name__ for a in (*getattr(said, "__args__", ()), said) if a is not type(None)))


def _drawn(renderer: Renderer, theme: Theme, kind: PageKind, view: object, flavour: str) -> Iterator[Issue]:
    """The issues of one template; each stands at the template's file, where a line of HTML has none."""
    where = f"with {'markup in every text' if flavour == 'hostile' else 'nothing that may be missing'}"
    try:
        text = renderer.render(kind.template, view)
    except TemplateError as error:
        yield msgspec.structs.replace(error.issue, message=f"{error.issue.message} ({where})")
        return
    file = Place(theme.templates[kind.template].file)
    if kind.template.endswith(_ESCAPED) and TAG in text:
        hint = "take away `safe`: only page.head.json_ld and bodies are made to be markup"
        yield issue("template-unescaped", file, f"text of a view comes out as markup ({where})", hint)
    if kind.template.endswith(".html"):
        for finding in page_findings(HtmlPage(kind.template, text)):
            yield issue(finding.code, file, f"{finding.message} ({where})", finding.hint)
