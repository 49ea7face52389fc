"""Proves that incremental builds equal clean ones, over many random scripts, and says what was done.

    python -m tests.properties.prove [N] [--first SEED]

N scripts (500 unless said), from a seed on, so that one that finds something can be played again: `prove 1 --first 77`.
"""

import argparse
import os
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.properties.script import play


def main() -> int:
    """Plays the scripts; 1 when any found a difference."""
    parser = argparse.ArgumentParser(prog="make prove", description=__doc__)
    parser.add_argument("number", metavar="N", type=int, nargs="?", default=500)
    parser.add_argument("--first", metavar="SEED", type=int, default=1)
    options = parser.parse_args()
    start, edits, builds, compared, wrong = time.process_time(), Counter[str](), 0, 0, 0
    with TemporaryDirectory(prefix="digest-prove-") as place:
        for seed in range(options.first, options.first + options.number):
            room = Path(place) / f"{seed}"
            told = play(seed, room, Path(place) / "pool")
            if told.differences:
                kept = room.rename(Path(place).with_name(f"digest-difference-{seed}-{os.getpid()}"))
                print(f"seed {seed}, kept in {kept}:", *told.differences, sep="\n  ", flush=True)
            shutil.rmtree(room, ignore_errors=True)
            edits += told.edits
            builds, compared, wrong = builds + told.builds, compared + told.compared, wrong + bool(told.differences)
            if not seed % 50:
                print(f"… {seed}, {wrong} with a difference", flush=True)
    print(f"{options.number} scripts, {builds} builds, {compared} compared: {wrong} with a difference")
    print(f"in {time.process_time() - start:.0f} s of the processor of process {os.getpid()}")
    print(", ".join(f"{name} {number}" for name, number in edits.most_common()))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
