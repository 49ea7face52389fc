"""The pictures of a site, as the rest of a build knows them. On a site without any nothing more is imported.

What is shipped follows from what is seen: the pictures in the group `pictures`, and no others.
"""

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec import Struct

from digest.builder.commit.stage import Stage
from digest.builder.commit.staging import put
from digest.builder.incremental.plan import Job
from digest.builder.request import BuildRequest
from digest.builder.state.database import State
from digest.config import Config
from digest.content.store.archive import Archive
from digest.issues import Issue
from digest.site.cards import Picture, PictureCard
from digest.site.groups import PICTURES, Page, Read
from digest.theme import media_type

KIND = "picture"


class Gallery(Struct, frozen=True, kw_only=True):
    """What is known of the pictures that pages name.

    `pictures` are those that can be shown, `files` what to ship for each (a path below the output, the file on disk),
    both by the path that pages name. `marks` is by page, and changes when one of its pictures does.
    """

    pictures: Mapping[str, Picture] = {}
    files: Mapping[str, tuple[tuple[str, str], ...]] = {}
    marks: Mapping[str, str] = {}
    issues: tuple[Issue, ...] = ()


def gallery_of(request: BuildRequest, state: State, archive: Archive, config: Config) -> Gallery:
    """Look at every picture that a page names. Raises OSError when the cache cannot be written."""
    named = archive.images()
    if not named:
        return Gallery()
    from digest.builder.extras.image_scan import look_at_all  # noqa: PLC0415 - most sites have no pictures

    known, issues = look_at_all(request, state, named, config)
    return Gallery(
        pictures={path: one.picture for path, one in known.items() if one.picture},
        files={path: one.files for path, one in known.items()},
        marks={page: "".join(known[path].mark for path in paths) for page, paths in named.items()},
        issues=issues,
    )


def stage_pictures(state: State, stage: Stage, gallery: Gallery, read: Read, spoilt: Collection[str]) -> list[str]:
    """The pictures that entries show, and no others. Returns those that are new in the stage."""
    shown = {path for card in read(PICTURES, 0) if isinstance(card, PictureCard) for path in card.paths}
    wanted = dict(pair for path in sorted(shown) for pair in gallery.files[path])
    there = {row.url: row for row in state.pages((KIND,))}
    fresh = []
    for file, source in wanted.items():
        page = Page(KIND, file, f"/{file}")
        mark = hashlib.blake2b(file.encode(), digest_size=16).digest()
        row = there.pop(page.url, None)
        if row and row.mark == mark and page.url not in spoilt:
            continue
        row, is_fresh = put(stage, Job(page, file, "", mark, media_type(file)), Path(source).read_bytes())
        state.put_pages([row])
        fresh += [file] if is_fresh else []
    state.drop_pages(there.values())
    return fresh
