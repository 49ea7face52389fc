"""Whether pages are written without what browsers do not need, and by what: minify-html, the extra `minify`."""

from importlib.metadata import PackageNotFoundError, version

from digest.build.request import BuildRequest
from digest.config import NAME as CONFIG
from digest.config import Config
from digest.issues import Issue, issue
from digest.site.context import Audience
from digest.toml import place_of

_MAKER = "minify-html"


def squeezer_for(request: BuildRequest, config: Config) -> tuple[str, tuple[Issue, ...]]:
    """What squeezes the pages, with its version; empty for none, with an issue when a site wants it and has it not.

    The preview has none: it shows pages as templates write them.
    """
    if not config.theme.minify or request.audience is Audience.PREVIEW:
        return "", ()
    try:
        return f"{_MAKER} {version(_MAKER)}", ()
    except PackageNotFoundError:
        text = (request.site / CONFIG).read_text("utf-8", "replace")
        place, hint = place_of(text, CONFIG, ("theme", "minify")), "pip install 'digest-press[minify]'"
        return "", (issue("minify-missing", place, "what squeezes pages is not installed; they are as they are", hint),)


def squeezed(html: str) -> str:
    """The same page in fewer bytes: what HTML lets anyone leave out is kept, so that any parser reads it."""
    from minify_html import minify  # noqa: PLC0415 - few sites want it

    return minify(html, keep_closing_tags=True, keep_html_and_head_opening_tags=True, minify_css=False, minify_js=False)
