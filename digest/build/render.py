"""Drawing pages: a shard of jobs in, files in the stage out. Runs in any process: shard and shop are plain values."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from digest.build.plan import Job
from digest.build.state import PageRow
from digest.content.markup import html_of
from digest.content.page import body_of
from digest.issues import Issue, Place, issue
from digest.site.views import SiteView, View
from digest.theme import Assets, Renderer, TemplateError, Theme

_decode = msgspec.json.Decoder(View).decode


class Shop:
    """What drawing needs and no page has of its own. Equal keys are equal shops, so that each process sets up once."""

    def __init__(self, *, key: bytes, theme: Theme, assets: Assets, site: SiteView, folders: Sequence[Path]) -> None:
        self.key, self.theme, self.assets, self.site = key, theme, assets, site
        self.content, self.stage, self.output, self.cache = folders

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shop) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of a shard: their rows, the files that are new in the stage, and what went wrong."""

    rows: tuple[PageRow, ...] = ()
    staged: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


def draw(shop: Shop, jobs: Sequence[Job]) -> Drawn:
    """Draw a shard. A file that is the same in the output already is not staged."""
    renderer = _renderer(shop)
    rows, staged, issues = [], [], []
    for job in jobs:
        try:
            data = renderer.render(job.template, _decode(job.view)).encode()
        except TemplateError as error:
            issues.append(_with_page(error.issue, job))
            continue
        except OSError as error:
            issues.append(issue("page-unreadable", Place(str(error.filename)), f"cannot be read: {error.strerror}"))
            continue
        if put_file(shop.stage, shop.output, job.file, data):
            staged.append(job.file)
        rows.append(row_of(job, data, shop.stage if staged and staged[-1] == job.file else shop.output))
    return Drawn(rows=tuple(rows), staged=tuple(staged), issues=tuple(issues))


def put_file(stage: Path, output: Path, file: str, data: bytes) -> bool:
    """Write a file into the stage, unless the output holds the same bytes."""
    if _same(output / file, data):
        return False
    path = stage / file
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return True


def row_of(job: Job, data: bytes, folder: Path) -> PageRow:
    """What the state remembers of a file; its time is that of the file, which a rename keeps."""
    return PageRow(
        url=job.page.url,
        kind=job.page.kind,
        key=job.page.key,
        file=job.file,
        folded=job.file.casefold(),
        mark=job.mark,
        digest=hashlib.blake2b(data, digest_size=16).hexdigest(),
        size=len(data),
        mtime=(folder / job.file).stat().st_mtime_ns,
        type=job.type,
    )


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


@lru_cache(1)
def _renderer(shop: Shop) -> Renderer:
    def resolve(path: str) -> str:
        return html_of(body_of((shop.content / path).read_bytes()))

    return Renderer(shop.theme, shop.assets, shop.site, resolve, shop.cache)


def _with_page(found: Issue, job: Job) -> Issue:
    """A template's issue, with the first page on which it shows."""
    return msgspec.structs.replace(found, message=f"{found.message} (at {job.page.url})")
