"""Themes: load a theme with its parents, check its templates, ship its assets, and render a view to a page.

`load_theme` reads a theme from disk; after that, every function works on the frozen `Theme`. This package never reads
content and never decides which pages exist. Its modules are imported at the first use of a name, because Jinja is
slow to import.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from digest.theme.dependencies import Closure, closure

if TYPE_CHECKING:
    from digest.theme.assets import Asset, AssetFile, Assets, load_assets, theme_context_digest
    from digest.theme.environment.errors import TemplateError
    from digest.theme.front_layout import Column, Front, FrontCounts, arrange
    from digest.theme.media_types import media_type
    from digest.theme.page_kinds import KINDS, TEMPLATES
    from digest.theme.renderer import Renderer
    from digest.theme.template_checks import check_templates
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
    "FrontCounts",
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

_MODULES = {
    "Asset": "assets",
    "AssetFile": "assets",
    "Assets": "assets",
    "Column": "front_layout",
    "Front": "front_layout",
    "KINDS": "page_kinds",
    "FrontCounts": "front_layout",
    "Renderer": "renderer",
    "TEMPLATES": "page_kinds",
    "TemplateError": "environment.errors",
    "Theme": "theme",
    "arrange": "front_layout",
    "check_templates": "template_checks",
    "load_assets": "assets",
    "load_theme": "theme",
    "media_type": "media_types",
    "theme_context_digest": "assets",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
