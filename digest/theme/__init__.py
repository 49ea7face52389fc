"""Themes: templates, strings and assets, put together from a chain of parents, and the drawing of a view with them.

What draws and checks needs Jinja, which takes its time to start; it is loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from digest.theme.assets import Asset, AssetFile, Assets, load_assets, theme_context_digest
from digest.theme.closure import Closure, closure
from digest.theme.kinds import KINDS, TEMPLATES
from digest.theme.layout import Column, Front, Numbers, arrange
from digest.theme.media import media_type
from digest.theme.theme import Theme, load_theme

if TYPE_CHECKING:
    from digest.theme.check import check_templates
    from digest.theme.failures import TemplateError
    from digest.theme.renderer import Renderer

__all__ = [
    "KINDS",
    "TEMPLATES",
    "Asset",
    "AssetFile",
    "Assets",
    "Closure",
    "Column",
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

_LATER = {"check_templates": "check", "Renderer": "renderer", "TemplateError": "failures"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
