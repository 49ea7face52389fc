"""Load a theme as one frozen value: its own files, those of its parents, and the overrides of the site.

The theme is read from disk once. The value holds all that rendering needs except the bytes of assets, and can be sent
to other processes.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.config import Config, read_place
from digest.issues import Issue, issue, sort_issues
from digest.theme.declaration import (
    ROOT_THEME,
    SITE_LAYER,
    Declaration,
    Parameter,
    ParameterValue,
    parse_declaration,
    value_hint,
)
from digest.theme.front_layout import FrontCounts
from digest.theme.locate import DECLARATION_FILE, display_path, find_theme, shipped_folder, theme_names
from digest.theme.strings import Message, fallback_languages, parse_strings
from digest.toml import place_of, unknown_name_hint


class Template(Struct, frozen=True, kw_only=True):
    """A template: its full name (`broadsheet/item.html`), its file for messages, and its source text."""

    name: str
    file: str
    source: str


class Theme(Struct, frozen=True, kw_only=True):
    """A theme and its parents, without the bytes of assets.

    `chain` lists the layers, the most specific first: from the overrides of the site (`site`) to `core`. `templates`
    has each template under its full name, and the most specific one under the plain name. `static_files` has the path
    of each asset's file. `declaration_files` and `declared_kinds` are by layer: its theme.toml for messages, and the
    page kinds in its `kinds`. `sandboxed` is true when a layer is neither shipped with `digest` nor trusted by the
    site.
    """

    name: str
    chain: tuple[str, ...]
    declaration_files: Mapping[str, str]
    declared_kinds: Mapping[str, tuple[str, ...]]
    templates: Mapping[str, Template]
    static_files: Mapping[str, str]
    strings: Mapping[str, Message]
    parameters: Mapping[str, ParameterValue]
    front_counts: FrontCounts
    sandboxed: bool = False


class _Layer(Struct, frozen=True, kw_only=True):
    """One theme of the chain, with its folder."""

    name: str
    folder: Path
    declaration: Declaration


def load_theme(
    config: Config, site_folder: Path, *, shipped: Path | None = None
) -> tuple[Theme | None, tuple[Issue, ...]]:
    """Load the theme that the site chose, with issues. Returns None when the theme or one of its parents is missing."""
    layers, issues = _load_layers(config.theme.name, site_folder, shipped or shipped_folder())
    if not layers or layers[-1].name != ROOT_THEME:
        return None, sort_issues(issues)
    front = {k: v for layer in reversed(layers) for k, v in layer.declaration.front.items()}
    declared = {n: p for layer in reversed(layers) for n, p in layer.declaration.parameters.items()}
    parameters, parameter_issues = _parameters(config.theme.parameters, declared, site_folder)
    issues += parameter_issues
    site = _Layer(name=SITE_LAYER, folder=site_folder, declaration=Declaration(name=SITE_LAYER))
    chain = (site, *layers)
    theme = Theme(
        name=config.theme.name,
        chain=tuple(layer.name for layer in chain),
        declaration_files={layer.name: display_path(layer.folder / DECLARATION_FILE, site_folder) for layer in layers},
        declared_kinds={layer.name: layer.declaration.kinds for layer in layers},
        templates=_templates(chain, site_folder, issues),
        static_files={n: str(f) for layer in reversed(chain) for n, f in _files(layer.folder / "static")},
        strings=_strings(chain, config.site.language, site_folder, issues),
        parameters=parameters,
        front_counts=msgspec.convert(front, FrontCounts),
        sandboxed=not config.theme.trusted
        and any(not _is_shipped(layer, shipped or shipped_folder()) for layer in layers),
    )
    return theme, sort_issues(issues)


def _is_shipped(layer: _Layer, shipped: Path) -> bool:
    return layer.folder.resolve().is_relative_to(shipped.resolve())


def _load_layers(name: str, site: Path, shipped: Path) -> tuple[list[_Layer], list[Issue]]:
    """Load the theme and its parents. The last is `core`, unless a parent is missing or the parents form a circle."""
    layers, issues = list[_Layer](), list[Issue]()
    place = read_place(site, ("theme", "name"))
    while True:
        folder = find_theme(name, site, shipped)
        if folder is None:
            hint = unknown_name_hint(name, iter(theme_names(site, shipped)))
            return layers, [*issues, issue("theme-missing", place, f"there is no theme `{name}`", hint)]
        file = display_path(folder / DECLARATION_FILE, site)
        text = (folder / DECLARATION_FILE).read_text("utf-8", "replace")
        declaration, declaration_issues = parse_declaration(text, file, name)
        issues += declaration_issues
        if declaration is None:
            return layers, issues
        layers.append(_Layer(name=name, folder=folder, declaration=declaration))
        if name == ROOT_THEME:
            return layers, issues
        name, place = declaration.parent or ROOT_THEME, place_of(text, file, ("parent",))
        if name in (seen := [layer.name for layer in layers]):
            circle = " → ".join([*seen[seen.index(name) :], name])
            hint = f"choose another parent, such as `{ROOT_THEME}`"
            return layers, [*issues, issue("theme-config", place, f"the parents form a circle: {circle}", hint)]


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """List the files below a folder by relative name, without hidden files and backup copies of text editors."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.endswith("~") and not any(part.startswith(".") for part in name.split("/")):
            yield name, path


def _templates(chain: Sequence[_Layer], site: Path, issues: list[Issue]) -> dict[str, Template]:
    templates = dict[str, Template]()
    for layer in reversed(chain):
        for name, path in _files(layer.folder / "templates"):
            file = display_path(path, site)
            try:
                source = path.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError:
                issues.append(issue("template-syntax", file, "the template is not UTF-8", "save it as UTF-8"))
                continue
            full = f"{layer.name}/{name}"
            templates[full] = templates[name] = Template(name=full, file=file, source=source)
    return templates


def _strings(chain: Sequence[_Layer], language: str, site: Path, issues: list[Issue]) -> dict[str, Message]:
    """Merge the strings of all layers. The site's language in a parent wins over a fallback language in a child."""
    strings = dict[str, Message]()
    for candidate in reversed(fallback_languages(language)):
        for layer in reversed(chain):
            path = layer.folder / "strings" / f"{candidate}.toml"
            if path.is_file():
                messages, string_issues = parse_strings(path.read_text("utf-8", "replace"), display_path(path, site))
                strings |= messages
                issues += string_issues
    return strings


def _parameters(
    chosen: Mapping[str, ParameterValue], declared: Mapping[str, Parameter], site: Path
) -> tuple[dict[str, ParameterValue], list[Issue]]:
    """Merge the values that the site chose into the defaults. An invalid value keeps the default, with an issue."""
    values, issues = {name: parameter.default for name, parameter in declared.items()}, list[Issue]()
    for name, value in chosen.items():
        path = ("theme", "parameters", name)
        if name not in declared:
            code, message, hint = "config-unknown-key", "unknown key `{}`", unknown_name_hint(name, declared)
        elif hint := value_hint(value, declared[name]):
            code, message = "config-value", "`{}` cannot be " + repr(value)
        else:
            values[name] = float(value) if isinstance(values[name], float) else value
            continue
        issues.append(issue(code, read_place(site, path), message.format(".".join(path)), hint))
    return values, issues
