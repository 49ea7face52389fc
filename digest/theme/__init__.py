"""Themes: templates, strings and assets, put together from a chain of parents, and the drawing of a view with them."""

from digest.theme.assets import Asset, AssetFile, Assets, load_assets, theme_context_digest
from digest.theme.check import check_templates
from digest.theme.closure import Closure, closure
from digest.theme.kinds import KINDS
from digest.theme.layout import Front, Numbers, arrange
from digest.theme.media import media_type
from digest.theme.renderer import Renderer, TemplateError
from digest.theme.theme import Theme, load_theme

__all__ = [
    "KINDS",
    "Asset",
    "AssetFile",
    "Assets",
    "Closure",
    "Front",
    "Numbers",
    "Renderer",
    "TemplateError",
    "Theme",
    "arrange",
    "check_templates",
    "closure",
    "load_assets",
    "load_theme",
    "media_type",
    "theme_context_digest",
]
