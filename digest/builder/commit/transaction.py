"""The end of a build's transaction: what the output will hold is written down, and how it gets there."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC
from pathlib import Path

from msgspec import Struct

from digest.builder.commit.journal import operations
from digest.builder.commit.manifest import MANIFEST, manifest_bytes, manifest_stat, read_manifest, splice_manifest
from digest.builder.commit.stage import Stage
from digest.builder.commit.staging import stage_file
from digest.builder.context import BuildContext
from digest.builder.incremental.plan import RenderJob
from digest.builder.request import BuildRequest
from digest.builder.state.database import PageRow, State
from digest.content.store.refresh import RefreshResult
from digest.issues import Issue
from digest.site.groups import Page
from digest.theme import AssetFile

ASSET = "asset"


class BuildState(Struct, frozen=True, kw_only=True):
    """A build under way: what was asked, what it has at hand, what it read and what was wrong up to then."""

    request: BuildRequest
    state: State
    build_context: BuildContext
    stage: Stage
    read: RefreshResult
    issues: tuple[Issue, ...]


def prepare_commit(work: BuildState, staged: Sequence[str]) -> None:
    """Stage the manifest, remember what this build went by, and set down the steps of the commit.

    Files that the output's manifest owns and the state does not are the ones that go, and those that builds made which
    left the manifest as it was.
    """
    state, output = work.state, work.request.output
    known = _build_meta(work)
    mark = state.meta().get("manifest")
    stands = bool(mark) and mark == manifest_stat(output)
    if stands and not (staged or state.changed_files):
        state.set_meta(known)
        return
    changed = state.changed_rows() if stands else None
    data = splice_manifest(output, changed) if changed else b""
    if changed and data:
        gone = [file for file in dict.fromkeys(state.removed_files) if not changed[file]]
    else:
        going = dict.fromkeys((*_owned_files(output), *state.removed_files))
        kept = state.file_names() if going else set()
        gone = [file for file in going if file not in kept]
        data = manifest_bytes(state)
    renew, time = work.stage.put(MANIFEST, data)
    state.set_meta(known | {"manifest": f"{len(data)} {time}"})
    state.write_journal(operations(staged, gone, manifest=renew, whole=work.stage.is_whole))


def prepare_commit_without_manifest(work: BuildState, staged: Sequence[str]) -> None:
    """The same without the manifest, which lists every file there is: the next build of the whole makes it anew."""
    state = work.state
    state.set_meta(_build_meta(work) | {"manifest": ""})
    gone = [f for f in state.removed_files if f not in {row.file for row in state.pages_with_folded_name(f.casefold())}]
    state.write_journal(operations(staged, gone, manifest=False))


def _build_meta(work: BuildState) -> dict[str, str]:
    """What a build goes by."""
    setting, now = work.build_context, work.request.now.astimezone(UTC).isoformat()
    looks = {f"look {name}": look.hex() for name, look in setting.template_digests.items()}
    made = {"rules": setting.rules_digest, "theme": setting.theme_digest, "now": now, "turn": work.read.generation}
    return {**made, **looks, **State.FINISHED}


def stage_assets(state: State, stage: Stage, files: Sequence[AssetFile], damaged: Iterable[str]) -> list[str]:
    """Assets are pages that are drawn already. Returns those that are new in the stage."""
    known = {row.url: row for row in state.pages((ASSET,))}
    spoilt, fresh = set(damaged), []
    for file in files:
        mark = hashlib.blake2b(file.data, digest_size=16).digest()
        page = Page(ASSET, file.path, f"/{file.path}")
        row = known.pop(page.url, None)
        if row and row.page_key == mark and page.url not in spoilt:
            continue
        row, is_fresh = stage_file(stage, RenderJob(page, file.path, "", mark, file.type), file.data)
        state.put_pages([row])
        fresh += [file.path] if is_fresh else []
    state.remove_pages(known.values())
    return fresh


def remove_pages(state: State, rows: Iterable[PageRow]) -> int:
    """Rows that no page makes any more, but for those whose address another page took. Returns how many."""
    leaving = [row for row in rows if (now := state.page(row.url)) and (now.kind, now.key) == (row.kind, row.key)]
    state.remove_pages(leaving)
    return len(leaving)


def _owned_files(output: Path) -> list[str]:
    manifest = read_manifest(output)
    return [file.path for file in manifest.files] if manifest else []
