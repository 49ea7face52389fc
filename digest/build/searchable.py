"""Whether a site is searched, and by what."""

from importlib.metadata import PackageNotFoundError, version

from digest.build.request import BuildRequest
from digest.config import NAME as CONFIG
from digest.config import Config
from digest.issues import Issue, issue
from digest.site.context import Audience
from digest.toml import place_of

KIND = "search-index"
"""The files of an index, among those of the output."""

_MAKER = "pagefind_bin"


def search_for(request: BuildRequest, config: Config) -> tuple[str, tuple[Issue, ...]]:
    """What makes the index; empty when the site has none, with an issue when it wants one and cannot have it.

    The preview has none: an index takes longer than a save.
    """
    if not config.search.enabled or request.audience is Audience.PREVIEW:
        return "", ()
    try:
        return f"{_MAKER} {version(_MAKER)}", ()
    except PackageNotFoundError:
        text = (request.site / CONFIG).read_text("utf-8", "replace")
        place, hint = place_of(text, CONFIG, ("search", "enabled")), "pip install 'digest-press[search]'"
        message = "what makes the index of the search is not installed; its page lists the months alone"
        return "", (issue("search-missing", place, message, hint),)
