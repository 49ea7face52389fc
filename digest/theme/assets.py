"""Assets of a theme: select the files to ship, and give each a name with a content digest.

A file is shipped when a template names it in `asset("…")`, or when a shipped stylesheet names it in `url(…)` or
`@import`. The digest in the name allows hosts to cache the file for ever. The preview uses names without a digest:
a stylesheet that changes every minute then makes no page stale.
"""

import base64
import hashlib
import posixpath
import re
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from digest.issues import Issue, issue, sort_issues
from digest.theme.dependencies import closure, referenced_assets
from digest.theme.locate import display_path
from digest.theme.media_types import media_type
from digest.theme.page_kinds import TEMPLATES
from digest.theme.theme import Theme

ASSETS_FOLDER = "assets"
_STABLE_MARK = "preview"
"""Stands in the name in place of the digest when names are stable."""

_URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<name>[^"')\s]+)(?P=quote)\s*\)|@import\s+(["'])(?P<sheet>[^"']+)\3""")
_EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|/|#", re.IGNORECASE)


class AssetFile(Struct, frozen=True, kw_only=True):
    """A file to ship: its path below the output folder, its bytes and its media type."""

    path: str
    data: bytes
    type: str


class Asset(Struct, frozen=True, kw_only=True):
    """Link to a shipped file: `path` below the output folder, and the value of the `integrity` attribute.

    Browsers ignore an empty `integrity`.
    """

    path: str
    integrity: str


class Assets(Struct, frozen=True, kw_only=True):
    """All assets of a site. The keys of `links` are the names in templates; rendering needs only `links`."""

    links: Mapping[str, Asset]
    files: tuple[AssetFile, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def without_files(self) -> "Assets":
        """The links alone, for a process that only renders pages."""
        return Assets(links=self.links)


def load_assets(
    theme: Theme, site_folder: Path, unused_templates: Collection[str] = (), *, stable_names: bool = False
) -> Assets:
    """Read the assets that the templates of the theme name, and all files of the `static/` folder of the site.

    Templates in `unused_templates` need no assets. With `stable_names`, names and integrity values do not depend on
    the content of the files.
    """
    loader = _Loader(theme, site_folder, stable_names=stable_names)
    rendered = [template for template in TEMPLATES if template not in unused_templates]
    for template in sorted({name for start in rendered for name in closure(theme, start).names}):
        for name in referenced_assets(theme.templates[template].source):
            loader.load(name, theme.templates[template].file, ())
    return Assets(
        links={name: link for name, (link, _) in sorted(loader.loaded.items())},
        files=(*(file for _, (_, file) in sorted(loader.loaded.items())), *_site_files(site_folder)),
        issues=sort_issues(loader.issues),
    )


def theme_context_digest(theme: Theme, assets: Assets) -> str:
    """Digest of the theme's part of a page's cache key besides templates: asset names, strings, parameters, counts."""
    context = (assets.links, theme.strings, theme.parameters, theme.front_counts)
    return hashlib.blake2b(msgspec.json.encode(context, order="deterministic"), digest_size=16).hexdigest()


def _site_files(site: Path) -> list[AssetFile]:
    """Read the files of the site's `static/`; they are shipped unchanged, under their own names."""
    folder = site / "static"
    names = [p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file()]
    return [AssetFile(path=n, data=(folder / n).read_bytes(), type=media_type(n)) for n in names]


class _Loader:
    """Loads assets in dependency order: the name of a stylesheet depends on the names of the files that it uses."""

    def __init__(self, theme: Theme, site: Path, *, stable_names: bool) -> None:
        self.theme, self.site, self.stable_names = theme, site, stable_names
        self.loaded: dict[str, tuple[Asset, AssetFile]] = {}
        self.issues: list[Issue] = []

    def load(self, name: str, used_by: str, importers: tuple[str, ...]) -> Asset | None:
        """Load the asset `name`, which the file `used_by` names.

        `importers` are the stylesheets that lead to it. Returns None, with an issue, when no theme has the asset or
        when a stylesheet imports itself.
        """
        if name in self.loaded:
            return self.loaded[name][0]
        if name in importers:
            hint = "break the circle: remove one of the imports"
            self.issues.append(issue("asset-missing", used_by, f"the stylesheet `{name}` imports itself", hint))
            return None
        if name not in self.theme.static_files:
            hint = "put it into the `static` folder of the theme, or of one of its parents"
            self.issues.append(issue("asset-missing", used_by, f"there is no asset `{name}`", hint))
            return None
        data = Path(self.theme.static_files[name]).read_bytes()
        if name.endswith(".css"):
            data = _minify(self._with_shipped_names(name, data.decode("utf-8", "replace"), (*importers, name))).encode()
        mark = _STABLE_MARK if self.stable_names else hashlib.blake2b(data, digest_size=4).hexdigest()
        link = Asset(path=_shipped_path(name, mark), integrity="" if self.stable_names else _integrity(data))
        self.loaded[name] = link, AssetFile(path=link.path, data=data, type=media_type(name))
        return link

    def _with_shipped_names(self, sheet: str, text: str, importers: tuple[str, ...]) -> str:
        """Replace addresses in a stylesheet by shipped names, relative to the sheet: so it works below any path."""
        file = display_path(Path(self.theme.static_files[sheet]), self.site)

        def shipped(match: re.Match[str]) -> str:
            address = match["name"] or match["sheet"]
            if _EXTERNAL.match(address):
                return match[0]
            path, separator, rest = _split(address)
            name = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), path))
            link = self.load(name, file, importers)
            if link is None:
                return match[0]
            folder = posixpath.join(ASSETS_FOLDER, posixpath.dirname(sheet))
            relative = posixpath.relpath(link.path, folder) + separator + rest
            return f'url("{relative}")' if match["name"] else f'@import "{relative}"'

        return _URL.sub(shipped, text)


def _minify(sheet: str) -> str:
    """Remove comments and needless white space from a stylesheet; comments that begin with `/*!` stay."""
    from rcssmin import cssmin  # type: ignore[import-untyped] # noqa: PLC0415 - it has no types; a build with a cached theme does not need it

    return str(cssmin(sheet, keep_bang_comments=True))


def _split(address: str) -> tuple[str, str, str]:
    """Split an address into path, `?` or `#`, and query or fragment: `font.svg#bold`."""
    at = re.search(r"[?#]", address)
    return (address, "", "") if not at else (address[: at.start()], at[0], address[at.end() :])


def _shipped_path(name: str, mark: str) -> str:
    """Return `assets/style.1f3a9c02.css` for `style.css`."""
    path = PurePosixPath(name)
    return str(PurePosixPath(ASSETS_FOLDER) / path.with_name(f"{path.stem}.{mark}{path.suffix}"))


def _integrity(data: bytes) -> str:
    """Value of the `integrity` attribute (W3C Subresource Integrity)."""
    return "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode()
