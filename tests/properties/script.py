"""A script of random edits, builds, deaths and comparisons, by a seed."""

import os
import random
from collections import Counter
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.builder import BuildRequest, build
from tests.newsroom import Newsroom, files_in
from tests.properties.death import killed, struck
from tests.properties.editor import Editor
from tests.properties.pool import compiled_once

CHANCE_OF_DEATH = 0.25
CAN_FORK = hasattr(os, "fork")


class Told(Struct, kw_only=True):
    """What a script did, and where it found another site than a clean build makes."""

    seed: int
    edits: Counter[str] = msgspec.field(default_factory=Counter)
    done: list[str] = msgspec.field(default_factory=list)
    builds: int = 0
    compared: int = 0
    differences: list[str] = msgspec.field(default_factory=list)


def play(seed: int, folder: Path, pool: Path, steps: int = 12) -> Told:
    """Plays a script in an empty folder. Between builds one edit or a few; a quarter of the builds die.

    `pool` keeps compiled templates for the next script.
    """
    with compiled_once(pool):
        return _play(seed, folder, steps)


def _play(seed: int, folder: Path, steps: int) -> Told:
    dice = random.Random(f"script {seed}")  # noqa: S311 - no secret
    room = Newsroom(folder)
    editor, told = Editor(room, seed), Told(seed=seed)
    for _ in range(dice.randint(2, 9)):
        editor.add()
    for step in range(steps):
        for _ in range(dice.choice([1, 1, 1, 2, 4]) if step else 0):
            name = editor.edit()
            told.edits[name] += 1
            told.done.append(name)
        request = room.request(editor.now)
        while dice.random() < CHANCE_OF_DEATH:
            _die(told, request, folder, dice)
        report = build(request)
        told.builds += 1
        editor.is_safe = report.ok
        told.done.append("build" if report.ok else f"refused: {', '.join(sorted({i.code for i in report.issues}))}")
        if step == steps - 1 or (report.ok and dice.random() < 0.2):
            _compare(told, request, folder / f"clean-{step}", ok=report.ok)
    return told


def _die(told: Told, request: BuildRequest, folder: Path, dice: random.Random) -> None:
    by_hand = CAN_FORK and dice.random() < 0.3
    died = killed(request, dice) if by_hand else struck(request, folder, dice)
    told.done.append(("killed" if by_hand else "struck") if died else "escaped")
    told.edits[told.done[-1]] += 1


def _compare(told: Told, request: BuildRequest, clean: Path, *, ok: bool) -> None:
    """Holds the output against that of a clean build; then there must be nothing left to do."""
    report = build(msgspec.structs.replace(request, output=clean / "output", cache=clean))
    told.compared += 1
    found = []
    if report.ok != ok:
        found.append(f"a clean build {'succeeds' if report.ok else 'is refused'}: {report.issues}")
    if report.ok and ok:
        mine, theirs = files_in(request.output), files_in(clean / "output")
        found += [f"{path} is missing" for path in theirs.keys() - mine.keys()]
        found += [f"{path} should be gone" for path in mine.keys() - theirs.keys()]
        found += [f"{path} differs" for path in mine.keys() & theirs.keys() if mine[path] != theirs[path]]
        again = build(request)
        if again.rendered or again.removed:
            found.append(f"a second build renders {again.rendered} and removes {again.removed}")
    told.differences += [f"{one}, after {told.done}" for one in sorted(found)]
