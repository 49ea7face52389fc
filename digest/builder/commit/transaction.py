"""End of the transaction of a build: writes the manifest and the journal into stage and state."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC
from pathlib import Path

from msgspec import Struct

from digest.builder.commit.journal import operations
from digest.builder.commit.manifest import MANIFEST, manifest_bytes, manifest_stat, read_manifest
from digest.builder.commit.manifest_splice import splice_manifest
from digest.builder.commit.stage import Stage
from digest.builder.commit.staging import stage_file
from digest.builder.context import BuildContext
from digest.builder.incremental.plan import RenderJob
from digest.builder.request import BuildRequest
from digest.builder.state.database import State
from digest.builder.state.schema import PageRow
from digest.content.store.refresh import RefreshResult
from digest.issues import Issue
from digest.site.groups import Page
from digest.speedups import is_enabled
from digest.theme import AssetFile

ASSET = "asset"


class BuildState(Struct, frozen=True, kw_only=True):
    """A build in progress: request, state, context, stage, result of reading, issues so far."""

    request: BuildRequest
    state: State
    build_context: BuildContext
    stage: Stage
    read: RefreshResult
    issues: tuple[Issue, ...]


def prepare_commit(work: BuildState, staged: Sequence[str]) -> None:
    """Stage the manifest, and store the inputs of this build and the steps of its commit.

    Deleted are files that the manifest of the output names and the state does not, and files of builds that did not
    write a manifest.
    """
    state, output = work.state, work.request.output
    meta = _build_meta(work)
    mark = state.meta().get("manifest")
    is_current = bool(mark) and mark == manifest_stat(output)
    if is_current and not (staged or state.changed_files):
        state.set_meta(meta)
        return
    changed = state.changed_rows() if is_current else None
    data = splice_manifest(output, changed) if changed and is_enabled("manifest-splice") else b""
    if changed and data:
        deleted = [file for file in dict.fromkeys(state.removed_files) if not changed[file]]
    else:
        candidates = dict.fromkeys((*_owned_files(output), *state.removed_files))
        kept = state.file_names() if candidates else set()
        deleted = [file for file in candidates if file not in kept]
        data = manifest_bytes(state)
    renew, time = work.stage.put(MANIFEST, data)
    state.set_meta(meta | {"manifest": f"{len(data)} {time}"})
    state.write_journal(operations(staged, deleted, manifest=renew, whole=work.stage.is_whole))


def prepare_commit_without_manifest(work: BuildState, staged: Sequence[str]) -> None:
    """Prepare a commit without a manifest, which lists every file: the next ordinary build writes it."""
    state = work.state
    state.set_meta(_build_meta(work) | {"manifest": ""})
    deleted = [
        f for f in state.removed_files if f not in {row.file for row in state.pages_with_folded_name(f.casefold())}
    ]
    state.write_journal(operations(staged, deleted, manifest=False))


def _build_meta(work: BuildState) -> dict[str, str]:
    """Return the digests of settings, theme and templates, and the time of the build."""
    setting, now = work.build_context, work.request.now.astimezone(UTC).isoformat()
    digests = {f"look {name}": look.hex() for name, look in setting.template_digests.items()}
    values = {"rules": setting.rules_digest, "theme": setting.theme_digest, "now": now, "turn": work.read.generation}
    return {**values, **digests, **State.FINISHED}


def stage_assets(state: State, stage: Stage, files: Sequence[AssetFile], damaged: Iterable[str]) -> list[str]:
    """Stage assets. Return the files that are new in the stage."""
    meta = {row.url: row for row in state.pages((ASSET,))}
    damaged_urls, staged_files = set(damaged), []
    for file in files:
        mark = hashlib.blake2b(file.data, digest_size=16).digest()
        page = Page(ASSET, file.path, f"/{file.path}")
        row = meta.pop(page.url, None)
        if row and row.page_key == mark and page.url not in damaged_urls:
            continue
        row, is_fresh = stage_file(stage, RenderJob(page, file.path, "", mark, file.type), file.data)
        state.put_pages([row])
        staged_files += [file.path] if is_fresh else []
    state.remove_pages(meta.values())
    return staged_files


def remove_pages(state: State, rows: Iterable[PageRow]) -> int:
    """Remove pages from the state, except those whose URL another page has. Return their number."""
    removed = [row for row in rows if (now := state.page(row.url)) and (now.kind, now.key) == (row.kind, row.key)]
    state.remove_pages(removed)
    return len(removed)


def _owned_files(output: Path) -> list[str]:
    manifest = read_manifest(output)
    return [file.path for file in manifest.files] if manifest else []
