"""Themes: templates, strings and assets, put together from a chain of parents, and the drawing of a view with them.

Each part is loaded when it is first asked for: what draws and checks needs Jinja, which takes its time to start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from digest.theme.closure import Closure, closure

if TYPE_CHECKING:
    from digest.theme.assets import Asset, AssetFile, Assets, load_assets, theme_context_digest
    from digest.theme.check import check_templates
    from digest.theme.failures import TemplateError
    from digest.theme.kinds import KINDS, TEMPLATES
    from digest.theme.layout import Column, Front, Numbers, arrange
    from digest.theme.media import media_type
    from digest.theme.renderer import Renderer
    from digest.theme.theme import Theme, load_theme

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

_LATER = {
    "Asset": "assets",
    "AssetFile": "assets",
    "Assets": "assets",
    "Column": "layout",
    "Front": "layout",
    "KINDS": "kinds",
    "Numbers": "layout",
    "Renderer": "renderer",
    "TEMPLATES": "kinds",
    "TemplateError": "failures",
    "Theme": "theme",
    "arrange": "layout",
    "check_templates": "check",
    "load_assets": "assets",
    "load_theme": "theme",
    "media_type": "media",
    "theme_context_digest": "assets",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
