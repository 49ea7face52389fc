"""A theme's files: which are shipped, under which name, and what a page must say to use them.

Only what a template asks for with `asset("…")` is shipped, and what a stylesheet among it names in `url(…)`. The name
holds a digest of the bytes, so that a file never changes under its address and may be cached for ever. A preview names
them without: there a stylesheet changes every minute, and no page that names it is to be drawn anew for that.
"""

import base64
import hashlib
import posixpath
import re
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from digest.issues import Issue, in_order, issue
from digest.theme.dependencies import closure, referenced_assets
from digest.theme.locate import display_path
from digest.theme.media_types import media_type
from digest.theme.page_kinds import TEMPLATES
from digest.theme.theme import Theme

ASSETS_FOLDER = "assets"
_NO_DIGEST = "preview"
"""What a name says in place of a digest, where it is to stay."""

_URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<name>[^"')\s]+)(?P=quote)\s*\)|@import\s+(["'])(?P<sheet>[^"']+)\3""")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#", re.IGNORECASE)


class AssetFile(Struct, frozen=True, kw_only=True):
    """A file to ship: path below the output folder, bytes, media type."""

    path: str
    data: bytes
    type: str


class Asset(Struct, frozen=True, kw_only=True):
    """What `asset("…")` gives a template: `path` below the output folder, and the integrity attribute's value.

    An empty `integrity` is one that browsers do not look at.
    """

    path: str
    integrity: str


class Assets(Struct, frozen=True, kw_only=True):
    """All assets of a site. `links` is by the name that templates use; pages need no more than that."""

    links: Mapping[str, Asset]
    files: tuple[AssetFile, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def without_files(self) -> "Assets":
        """The same for a process that only draws pages."""
        return Assets(links=self.links)


def load_assets(
    theme: Theme, site_folder: Path, unused_templates: Collection[str] = (), *, stable_names: bool = False
) -> Assets:
    """Read what the theme's templates need, but for the `unused`, and the files of the site's `static/` as they are.

    Names and integrity that `stay` are the same whatever is in the files.
    """
    loader = _Loader(theme, site_folder, stay=stable_names)
    used = sorted(
        {name for template in TEMPLATES if template not in unused_templates for name in closure(theme, template).names}
    )
    for template in used:
        for name in referenced_assets(theme.templates[template].source):
            loader.take(name, theme.templates[template].file, ())
    return Assets(
        links={name: link for name, (link, _) in sorted(loader.taken.items())},
        files=(*(file for _, (_, file) in sorted(loader.taken.items())), *_own(site_folder)),
        issues=in_order(loader.issues),
    )


def theme_context_digest(theme: Theme, assets: Assets) -> str:
    """A digest of what a page owes to its theme beside templates: asset names, strings, parameters, front numbers."""
    context = (assets.links, theme.strings, theme.parameters, theme.front_counts)
    return hashlib.blake2b(msgspec.json.encode(context, order="deterministic"), digest_size=16).hexdigest()


def _own(site: Path) -> list[AssetFile]:
    """The site's own files, as they are."""
    folder = site / "static"
    names = [p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file()]
    return [AssetFile(path=n, data=(folder / n).read_bytes(), type=media_type(n)) for n in names]


class _Loader:
    """Takes assets one by one, each after those that it names itself: its own name depends on theirs."""

    def __init__(self, theme: Theme, site: Path, *, stay: bool) -> None:
        self.theme, self.site, self.stay = theme, site, stay
        self.taken: dict[str, tuple[Asset, AssetFile]] = {}
        self.issues: list[Issue] = []

    def take(self, name: str, asker: str, within: tuple[str, ...]) -> Asset | None:
        """The asset called `name`; None, with an issue, when no theme has it or it needs itself."""
        if name in self.taken:
            return self.taken[name][0]
        if name in within:
            hint = "break the circle: one of the two need not import the other"
            self.issues.append(issue("asset-missing", asker, f"the stylesheet `{name}` needs itself", hint))
            return None
        if name not in self.theme.static_files:
            hint = "put it into the `static` folder of the theme, or of one of its parents"
            self.issues.append(issue("asset-missing", asker, f"there is no asset `{name}`", hint))
            return None
        data = Path(self.theme.static_files[name]).read_bytes()
        if name.endswith(".css"):
            data = _minified(self._rewritten(name, data.decode("utf-8", "replace"), (*within, name))).encode()
        mark = _NO_DIGEST if self.stay else hashlib.blake2b(data, digest_size=4).hexdigest()
        link = Asset(path=_marked(name, mark), integrity="" if self.stay else _integrity(data))
        self.taken[name] = link, AssetFile(path=link.path, data=data, type=media_type(name))
        return link

    def _rewritten(self, sheet: str, text: str, within: tuple[str, ...]) -> str:
        """A stylesheet with the shipped names of what it names, relative to itself: it works below any path."""
        file = display_path(Path(self.theme.static_files[sheet]), self.site)

        def shipped(match: re.Match[str]) -> str:
            named = match["name"] or match["sheet"]
            if _ELSEWHERE.match(named):
                return match[0]
            path, mark, rest = _split(named)
            wanted = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), path))
            link = self.take(wanted, file, within)
            if link is None:
                return match[0]
            here = posixpath.join(ASSETS_FOLDER, posixpath.dirname(sheet))
            address = posixpath.relpath(link.path, here) + mark + rest
            return f'url("{address}")' if match["name"] else f'@import "{address}"'

        return _URL.sub(shipped, text)


def _minified(sheet: str) -> str:
    """A stylesheet without comments and the space that nobody needs; what it says stays as it is."""
    from rcssmin import cssmin  # type: ignore[import-untyped] # noqa: PLC0415 - it has no types; half of all builds have no theme to read

    return str(cssmin(sheet, keep_bang_comments=True))


def _split(address: str) -> tuple[str, str, str]:
    """A path, and the query or fragment after it: `font.svg#bold`."""
    at = re.search(r"[?#]", address)
    return (address, "", "") if not at else (address[: at.start()], at[0], address[at.end() :])


def _marked(name: str, mark: str) -> str:
    """`style.css` → `assets/style.1f3a9c02.css`."""
    path = PurePosixPath(name)
    return str(PurePosixPath(ASSETS_FOLDER) / path.with_name(f"{path.stem}.{mark}{path.suffix}"))


def _integrity(data: bytes) -> str:
    """The value of an integrity attribute (W3C Subresource Integrity)."""
    return "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode()
