"""Everything that a build needs besides content: settings, theme, assets, and their digests."""

import hashlib
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

import digest
from digest import config as configuration
from digest.builder.extras.loading import MINIFY, SEARCH, installed_version
from digest.builder.request import BuildRequest
from digest.engine_version import engine_digest
from digest.issues import Issue, fails, issue
from digest.labels.engines import engine_issues
from digest.site.context import Audience, Context, SocialCardStyle
from digest.site.kinds import KINDS
from digest.theme import Assets, Theme, closure, load_assets, load_theme, theme_context_digest


class BuildContext(Struct, frozen=True, kw_only=True):
    """A site that is ready to be built.

    `template_digests` holds for each template a digest of everything but the view that decides the bytes of a page:
    engine version, template closure, assets, strings, parameters, frame. `rules_digest` covers what decides which cards
    are in which groups: engine version, settings, audience.
    """

    config: configuration.Config
    site_context: Context
    theme: Theme
    assets: Assets
    template_digests: Mapping[str, bytes]
    rules_digest: str
    minifies: bool = False

    @property
    def theme_digest(self) -> str:
        """Digest of all templates of the theme."""
        return _digest(look.hex() for look in self.template_digests.values()).hex()


def load_context(request: BuildRequest) -> tuple[BuildContext | None, tuple[Issue, ...]]:
    """Load settings, theme and assets of a site; None when one of them is unusable."""
    try:
        config, issues = configuration.load(request.site)
    except OSError as error:
        return None, (issue("config-missing", configuration.CONFIG_FILE, f"it cannot be read: {error.strerror}"),)
    theme, more = load_theme(config, request.site)
    issues += (*more, *engine_issues(config))
    if theme is None or fails(issues):
        return None, issues
    unused = () if config.search.enabled else (KINDS["search"].template,)
    assets = load_assets(theme, request.site, unused, stable_names=request.audience is Audience.PREVIEW)
    issues += assets.issues
    if fails(issues):
        return None, issues
    social, more = _social(request, config)
    issues += more
    search, more = installed_version(SEARCH, request, config.search.enabled)
    issues += more
    minifier, more = installed_version(MINIFY, request, config.theme.minify)
    issues += more
    context = Context(config, request.audience, f"digest {digest.__version__}", social, search)
    engine = engine_digest()
    frame = (engine, minifier, theme_context_digest(theme, assets), msgspec.json.encode(context.site).decode())
    digests = {kind.template: _digest((*frame, closure(theme, kind.template).digest)) for kind in KINDS.values()}
    card_style = social.style_digest if social else ""
    rules = _digest((engine, msgspec.json.encode(config).decode(), str(request.audience), card_style, search)).hex()
    setting = BuildContext(
        config=config,
        site_context=context,
        theme=theme,
        assets=assets,
        template_digests=digests,
        rules_digest=rules,
        minifies=bool(minifier),
    )
    return setting, issues


def _social(request: BuildRequest, config: configuration.Config) -> tuple[SocialCardStyle | None, tuple[Issue, ...]]:
    if not config.cards.generate:
        return None, ()
    from digest.builder.extras.card_style import load_card_style  # noqa: PLC0415 - few sites have cards

    return load_card_style(request, config)


def _digest(parts: Iterable[str]) -> bytes:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).digest()
