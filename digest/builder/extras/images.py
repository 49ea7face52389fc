"""Images of a site: which there are, and which files to publish. A site without images imports nothing else.

Published are only the images in the group `pictures`, that is those of visible entries.
"""

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec import Struct

from digest.builder.commit.stage import Stage
from digest.builder.commit.staging import stage_file
from digest.builder.incremental.plan import RenderJob
from digest.builder.request import BuildRequest
from digest.builder.state.database import State
from digest.config import Config
from digest.content.store.archive import Archive
from digest.issues import Issue
from digest.site.cards import Picture, PictureCard
from digest.site.groups import PICTURES, Page, ReadGroup
from digest.theme import media_type

KIND = "picture"


class SiteImages(Struct, frozen=True, kw_only=True):
    """Images that pages name.

    `images` are the usable ones and `files` what to publish for each (path below the output, file on disk), both by the
    path in the page. `digests_by_page` changes when an image of the page does.
    """

    images: Mapping[str, Picture] = {}
    files: Mapping[str, tuple[tuple[str, str], ...]] = {}
    digests_by_page: Mapping[str, str] = {}
    issues: tuple[Issue, ...] = ()


def load_images(request: BuildRequest, state: State, archive: Archive, config: Config) -> SiteImages:
    """Load every image that a page names. Raises OSError when the cache cannot be written."""
    named = archive.images()
    if not named:
        return SiteImages()
    from digest.builder.extras.image_scan import scan_images  # noqa: PLC0415 - most sites have no images

    known, issues = scan_images(request, state, named, config)
    return SiteImages(
        images={path: one.image for path, one in known.items() if one.image},
        files={path: one.files for path, one in known.items()},
        digests_by_page={page: "".join(known[path].digest for path in paths) for page, paths in named.items()},
        issues=issues,
    )


def stage_images(
    state: State, stage: Stage, gallery: SiteImages, read: ReadGroup, damaged: Collection[str]
) -> list[str]:
    """Stage the images of visible entries. Return the files that are new in the stage."""
    shown = {path for card in read(PICTURES, 0) if isinstance(card, PictureCard) for path in card.paths}
    wanted = dict(pair for path in sorted(shown) for pair in gallery.files[path])
    there = {row.url: row for row in state.pages((KIND,))}
    fresh = []
    for file, source in wanted.items():
        page = Page(KIND, file, f"/{file}")
        mark = hashlib.blake2b(file.encode(), digest_size=16).digest()
        row = there.pop(page.url, None)
        if row and row.page_key == mark and page.url not in damaged:
            continue
        row, is_fresh = stage_file(stage, RenderJob(page, file, "", mark, media_type(file)), Path(source).read_bytes())
        state.put_pages([row])
        fresh += [file] if is_fresh else []
    state.remove_pages(there.values())
    return fresh
