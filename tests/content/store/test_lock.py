"""File lock."""

import subprocess
import sys
from pathlib import Path

import pytest

from digest.content.store.lock import LockTimeoutError, file_lock

HOLD = """
import sys
from pathlib import Path
from digest.content.store.lock import file_lock
with file_lock(Path(sys.argv[1]), 0):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_lock_is_exclusive_and_released_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "deep/er/lock"
    with file_lock(file, 0), pytest.raises(LockTimeoutError), file_lock(file, 0.1):
        pytest.fail("two hold it")
    with file_lock(file, 0):
        pass


def test_the_lock_of_a_killed_process_is_released(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LockTimeoutError), file_lock(file, 0):
            pytest.fail("two hold it")
        holder.kill()
    with file_lock(file, 0):
        pass


def test_a_lock_file_that_cannot_be_opened_raises(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"), file_lock(tmp_path / "file/lock", 0):
        pytest.fail("there is no folder")
