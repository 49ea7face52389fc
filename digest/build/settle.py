"""The end of a build's transaction: what the output will hold is written down, and how it gets there."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC
from pathlib import Path

from digest.build.commit import operations
from digest.build.manifest import MANIFEST, manifest_bytes, manifest_mark, read_manifest
from digest.build.plan import Job
from digest.build.put import put
from digest.build.request import BuildRequest
from digest.build.setting import Setting
from digest.build.stage import Stage
from digest.build.state import PageRow, State
from digest.site.groups import Page
from digest.theme import AssetFile

ASSET = "asset"


def settle(request: BuildRequest, state: State, setting: Setting, stage: Stage, staged: Sequence[str]) -> None:
    """Stage the manifest, remember what this build went by, and set down the steps of the commit.

    Files that the output's manifest owns and the state does not are the ones that go.
    """
    known = {"rules": setting.rules, "theme": setting.theme_mark, "now": request.now.astimezone(UTC).isoformat()}
    known |= {f"look {name}": look.hex() for name, look in setting.looks.items()}
    mark = state.meta().get("manifest")
    if not (staged or state.has_other_pages) and mark and mark == manifest_mark(request.output):
        state.set_meta(known)
        return
    owned = _owned(request.output)
    kept = state.file_names() if owned else set()
    gone = [file for file in owned if file not in kept]
    data = manifest_bytes(state)
    renew, time = stage.put(MANIFEST, data)
    state.set_meta(known | {"manifest": f"{len(data)} {time}"})
    state.write_journal(operations(staged, gone, manifest=renew, whole=stage.whole))


def stage_assets(state: State, stage: Stage, files: Sequence[AssetFile], damaged: Iterable[str]) -> list[str]:
    """Assets are pages that are drawn already. Returns those that are new in the stage."""
    known = {row.url: row for row in state.pages((ASSET,))}
    spoilt, fresh = set(damaged), []
    for file in files:
        mark = hashlib.blake2b(file.data, digest_size=16).digest()
        page = Page(ASSET, file.path, f"/{file.path}")
        row = known.pop(page.url, None)
        if row and row.mark == mark and page.url not in spoilt:
            continue
        row, is_fresh = put(stage, Job(page, file.path, "", b"", mark, file.type), file.data)
        state.put_pages([row])
        fresh += [file.path] if is_fresh else []
    state.drop_pages(known.values())
    return fresh


def drop(state: State, rows: Iterable[PageRow]) -> int:
    """Rows that no page makes any more, but for those whose address another page took. Returns how many."""
    leaving = [row for row in rows if (now := state.page(row.url)) and (now.kind, now.key) == (row.kind, row.key)]
    state.drop_pages(leaving)
    return len(leaving)


def _owned(output: Path) -> list[str]:
    manifest = read_manifest(output)
    return [file.path for file in manifest.files] if manifest else []
