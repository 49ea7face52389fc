"""The name of the running code."""

from pathlib import Path

import pytest

import digest
from digest.engine import engine_digest


def test_it_changes_with_the_version_and_with_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("__init__.py", "deep/a.py", "deep/notes.txt"):
        (tmp_path / name).write_text("one", encoding="utf-8")
    monkeypatch.setattr(digest, "__file__", str(tmp_path / "__init__.py"))
    seen = {digest_now()}
    (tmp_path / "deep/notes.txt").write_text("other", encoding="utf-8")
    assert digest_now() in seen
    (tmp_path / "deep/a.py").write_text("other", encoding="utf-8")
    assert digest_now() not in seen
    seen.add(digest_now())
    monkeypatch.setattr(digest, "__version__", "9.9")
    assert digest_now() not in seen


def digest_now() -> str:
    return engine_digest.__wrapped__()


def test_it_is_the_same_all_through_a_run() -> None:
    assert engine_digest() == engine_digest()
