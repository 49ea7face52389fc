"""A workshop that is told what changed makes what a clean build makes, byte for byte, over random edits."""

from pathlib import Path

import pytest

from digest.builder import ResidentBuilder, build
from digest.builder.commit.manifest import MANIFEST
from digest.builder.incremental import deferred
from tests.newsroom import Newsroom, files_in
from tests.properties.editor import Editor


def _differences(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """What a watcher would tell: paths of files that came, went or were written."""
    return [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]


def _inputs(room: Newsroom) -> dict[str, bytes]:
    return {path: data for path, data in files_in(room.folder).items() if not path.startswith(".digest/")}


@pytest.mark.parametrize(("seed", "long"), [(1, deferred.LONG_PAGE_CARDS), (2, 1), (3, 2)])
def test_random_edits_told_one_by_one_end_in_the_bytes_of_a_clean_build(
    tmp_path: Path, seed: int, long: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deferred, "LONG_PAGE_CARDS", long)
    room = Newsroom(tmp_path)
    editor, workshop = Editor(room, seed), ResidentBuilder(room.request())
    done, before = [], _inputs(room)
    for step in range(1, 61):
        done.append(editor.edit())
        after = _inputs(room)
        report = workshop.build(
            editor.now, None if done[-1] in {"lose", "tamper", "wipe"} else _differences(before, after)
        )
        before = after
        workshop.prepare(editor.now)
        if report.ok and (step % 10 == 0 or step == 60):
            while workshop.has_deferred:
                assert workshop.build(editor.now, ()).ok
            clean = room.clean(tmp_path / f"clean-{step}", editor.now)
            mine = room.files() | {MANIFEST: clean[MANIFEST]}
            assert mine.keys() == clean.keys(), done
            assert [path for path in mine if mine[path] != clean[path]] == [], done
    workshop.close()
    last = build(room.request(editor.now))
    assert (last.written, last.removed) == (0, 0)
    if last.ok:
        assert room.files() == room.clean(tmp_path / "clean-last", editor.now)
