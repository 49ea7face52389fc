"""The picture files of a site: looked at once, made smaller once, shipped where an entry that is seen shows them.

The first look gives what pages must know of a picture; what is shipped lies in the cache, or is the file itself. A file
whose size, times and inode are those of the last look is not read again.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from digest.build.plan import Job
from digest.build.put import put
from digest.build.request import BuildRequest
from digest.build.stage import Stage
from digest.build.state import State
from digest.content.archive import Archive
from digest.content.scan import FOLDER, unsure_from
from digest.issues import Issue, Place, in_order, issue
from digest.pictures import Header, header_of
from digest.site.cards import Picture, PictureCard, PictureFile
from digest.site.groups import PICTURES, Page, Read
from digest.theme import media_type

KIND, GOAL = "picture", "pictures"
MOST_BYTES, MOST_PIXELS = 50_000_000, 80_000_000
"""A file that is larger is no picture for a newspaper, or one that was made to fill a memory."""


class Wrong(Struct, frozen=True):
    """Why a picture cannot be shown: an issue without its place."""

    code: str
    message: str
    hint: str


class Known(Struct, frozen=True, kw_only=True):
    """What is known of a picture file: its stat, what pages know of it, and the files to ship.

    `stat` is empty where the file may change again without a trace. `files` pairs a path below the output with the file
    on disk that holds its bytes.
    """

    stat: tuple[int, ...] = ()
    picture: Picture | None = None
    files: tuple[tuple[str, str], ...] = ()
    wrong: Wrong | None = None

    @property
    def mark(self) -> str:
        """Changes with what pages know of it."""
        return hashlib.blake2b(msgspec.json.encode(self.picture), digest_size=8).hexdigest()


class Gallery(Struct, frozen=True, kw_only=True):
    """The pictures that the pages of a site name, and what is wrong with them. `named` is by the paths of pages."""

    named: Mapping[str, list[str]] = {}
    known: Mapping[str, Known] = {}
    issues: tuple[Issue, ...] = ()

    @property
    def pictures(self) -> dict[str, Picture]:
        """Those that can be shown, by the path that pages name."""
        return {path: known.picture for path, known in self.known.items() if known.picture}

    def marks(self) -> dict[str, str]:
        """For each page that names pictures, what changes when one of them does."""
        return {page: "".join(self.known[path].mark for path in paths) for page, paths in self.named.items()}


def gallery_of(request: BuildRequest, state: State, archive: Archive) -> Gallery:
    """Look at every picture that a page names. Raises OSError when the cache cannot be written."""
    named = archive.images()
    if not named:
        return Gallery()
    paths = sorted({path for paths in named.values() for path in paths})
    before = {path: msgspec.json.decode(blob, type=Known) for path, blob in state.pictures()}
    known = {path: _look(request.site, path, before.get(path)) for path in paths}
    state.put_pictures((p, msgspec.json.encode(k)) for p, k in known.items() if k != before.get(p))
    state.drop_pictures(before.keys() - known.keys())
    issues = (_placed(request.site, page, p, w) for page, ps in named.items() for p in ps if (w := known[p].wrong))
    return Gallery(named=named, known=known, issues=in_order(issues))


def stage_pictures(state: State, stage: Stage, gallery: Gallery, read: Read, spoilt: Collection[str]) -> list[str]:
    """The pictures that entries show, and no others. Returns those that are new in the stage."""
    shown = {path for card in read(PICTURES, 0) if isinstance(card, PictureCard) for path in card.paths}
    wanted = dict(pair for path in sorted(shown) for pair in gallery.known[path].files)
    there = {row.url: row for row in state.pages((KIND,))}
    fresh = []
    for file, source in wanted.items():
        page = Page(KIND, file, f"/{file}")
        mark = hashlib.blake2b(file.encode(), digest_size=16).digest()
        row = there.pop(page.url, None)
        if row and row.mark == mark and page.url not in spoilt:
            continue
        row, is_fresh = put(stage, Job(page, file, "", b"", mark, media_type(file)), Path(source).read_bytes())
        state.put_pages([row])
        fresh += [file] if is_fresh else []
    state.drop_pages(there.values())
    return fresh


def _look(site: Path, path: str, before: Known | None) -> Known:
    """A picture as it is now; `before` is what was known of it."""
    file = next((f for f in _places(site, path) if f.is_file()), None)
    if file is None:
        hint = "put it there, or take it out of the page"
        return Known(wrong=Wrong("image-missing", f"there is no picture `{path}`", hint))
    status = file.stat()
    stat = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    if before and before.stat == stat:
        return before
    sure = max(stat[1:3]) < unsure_from()
    return msgspec.structs.replace(_read(file, path, status.st_size), stat=stat if sure else ())


def _places(site: Path, path: str) -> Iterable[Path]:
    yield site / FOLDER / path.lstrip("/")
    if path.startswith("/"):
        yield site / "static" / path.lstrip("/")


def _read(file: Path, path: str, size: int) -> Known:
    if size > MOST_BYTES:
        return _huge(path, f"{size // 1_000_000} MB")
    try:
        data = file.read_bytes()
    except OSError as error:
        return Known(wrong=Wrong("image-broken", f"`{path}` cannot be read: {error.strerror}", "let this user read it"))
    header = header_of(data)
    if header is None:
        hint = "save it as JPEG, PNG, GIF, WebP or AVIF"
        return Known(wrong=Wrong("image-broken", f"`{path}` is no picture that can be shown", hint))
    if header.width * header.height > MOST_PIXELS:
        return _huge(path, f"{header.width} × {header.height} pixels")
    return _as_it_is(file, data, header)


def _huge(path: str, size: str) -> Known:
    return Known(wrong=Wrong("image-huge", f"`{path}` has {size}", "make it smaller"))


def _as_it_is(file: Path, data: bytes, header: Header) -> Known:
    """The file itself, under a name that holds its digest."""
    mark = hashlib.blake2b(data, digest_size=6).hexdigest()
    goal = f"{GOAL}/{stem_of(file.name)}.{mark}.{header.ending}"
    width, height = header.width, header.height
    whole = PictureFile(url=f"/{goal}", width=width)
    picture = Picture(url=whole.url, width=width, height=height, type=header.type, files=(whole,))
    return Known(picture=picture, files=((goal, str(file)),))


def stem_of(name: str) -> str:
    """A file's name without its ending, as it can stand in any address."""
    stem = PurePosixPath(name).stem.lower()
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in stem).split())[:60] or "picture"


def _placed(site: Path, page: str, path: str, wrong: Wrong) -> Issue:
    """The issue, on the first line of the page that names the file."""
    file = f"{FOLDER}/{page}"
    name = path.rpartition("/")[2]
    try:
        lines = (site / file).read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    line, column = next(((n, text.index(name) + 1) for n, text in enumerate(lines, 1) if name in text), (0, 0))
    return issue(wrong.code, Place(file, line, column), wrong.message, wrong.hint)
