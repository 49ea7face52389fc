"""A theme as one frozen value: its own folder, its parents' and what the site itself overrides, put together.

Read from disk once; from then on everything about a theme follows from the value, in any process.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.config import Config, place_in
from digest.issues import Issue, in_order, issue
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
from digest.toml import place_of, unknown


class Template(Struct, frozen=True, kw_only=True):
    """A template: its full name (`broadsheet/item.html`), the file that issues name, and its text."""

    name: str
    file: str
    source: str


class Theme(Struct, frozen=True, kw_only=True):
    """All of a theme but the bytes of its assets.

    `chain` is the youngest first, from the site's own overrides (`site`) to `core`. `templates` knows each under its
    full name, and under its plain name the youngest. `static` is where each asset's file stands. `files` and `kinds`
    are by theme: its theme.toml as issues name it, and the page kinds that it says it draws. `sandboxed` when a layer
    is neither ours nor trusted by the site.
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
    """One folder of the chain."""

    name: str
    folder: Path
    declaration: Declaration


def load_theme(
    config: Config, site_folder: Path, *, shipped: Path | None = None
) -> tuple[Theme | None, tuple[Issue, ...]]:
    """The theme that the site chose, and all that is wrong with it. None when a theme of its chain is not there."""
    layers, issues = _layers(config.theme.name, site_folder, shipped or shipped_folder())
    if not layers or layers[-1].name != ROOT_THEME:
        return None, in_order(issues)
    front = {k: v for layer in reversed(layers) for k, v in layer.declaration.front.items()}
    declared = {n: p for layer in reversed(layers) for n, p in layer.declaration.parameters.items()}
    parameters, wrong = _parameters(config.theme.parameters, declared, site_folder)
    issues += wrong
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
        and any(not _is_ours(layer, shipped or shipped_folder()) for layer in layers),
    )
    return theme, in_order(issues)


def _is_ours(layer: _Layer, shipped: Path) -> bool:
    return layer.folder.resolve().is_relative_to(shipped.resolve())


def _layers(name: str, site: Path, shipped: Path) -> tuple[list[_Layer], list[Issue]]:
    """The theme and its parents. The last is `core`, unless one is missing or the parents go round in a circle."""
    layers, issues = list[_Layer](), list[Issue]()
    asked = place_in(site, ("theme", "name"))
    while True:
        folder = find_theme(name, site, shipped)
        if folder is None:
            hint = unknown(name, iter(theme_names(site, shipped)))
            return layers, [*issues, issue("theme-missing", asked, f"there is no theme `{name}`", hint)]
        file = display_path(folder / DECLARATION_FILE, site)
        text = (folder / DECLARATION_FILE).read_text("utf-8", "replace")
        declaration, wrong = parse_declaration(text, file, name)
        issues += wrong
        if declaration is None:
            return layers, issues
        layers.append(_Layer(name=name, folder=folder, declaration=declaration))
        if name == ROOT_THEME:
            return layers, issues
        name, asked = declaration.parent or ROOT_THEME, place_of(text, file, ("parent",))
        if name in (seen := [layer.name for layer in layers]):
            circle = " → ".join([*seen[seen.index(name) :], name])
            hint = f"a parent that is nobody's child ends it, such as `{ROOT_THEME}`"
            return layers, [*issues, issue("theme-config", asked, f"the parents go round in a circle: {circle}", hint)]


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a folder by name, without hidden ones and the copies that text editors leave."""
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
    """A nearer language wins over a younger theme: readers would rather have their own language."""
    strings = dict[str, Message]()
    for wanted in reversed(fallback_languages(language)):
        for layer in reversed(chain):
            path = layer.folder / "strings" / f"{wanted}.toml"
            if path.is_file():
                messages, wrong = parse_strings(path.read_text("utf-8", "replace"), display_path(path, site))
                strings |= messages
                issues += wrong
    return strings


def _parameters(
    chosen: Mapping[str, ParameterValue], declared: Mapping[str, Parameter], site: Path
) -> tuple[dict[str, ParameterValue], list[Issue]]:
    """What the site chose over what the theme declares; what is wrong keeps its default."""
    values, issues = {name: parameter.default for name, parameter in declared.items()}, list[Issue]()
    for name, value in chosen.items():
        path = ("theme", "parameters", name)
        if name not in declared:
            code, message, hint = "config-unknown-key", "unknown key `{}`", unknown(name, declared)
        elif hint := value_hint(value, declared[name]):
            code, message = "config-value", "`{}` cannot be " + repr(value)
        else:
            values[name] = float(value) if isinstance(values[name], float) else value
            continue
        issues.append(issue(code, place_in(site, path), message.format(".".join(path)), hint))
    return values, issues
