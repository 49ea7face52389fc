"""The name of the running code."""

import sys
from pathlib import Path

import pytest

import digest
from digest.engine_version import engine_digest


def test_digest_changes_with_version_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("__init__.py", "deep/a.py", "deep/notes.txt"):
        (tmp_path / name).write_text("one", encoding="utf-8")
    monkeypatch.setattr(digest, "__file__", str(tmp_path / "__init__.py"))
    seen = {digest_now()}
    for name in ("deep/a.py", "deep/notes.txt"):
        (tmp_path / name).write_text("other", encoding="utf-8")
        assert digest_now() not in seen
        seen.add(digest_now())
    for name in ("deep/.a.py.swp", "deep/__pycache__/a.pyc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("other", encoding="utf-8")
    assert digest_now() in seen, "none of these is read"
    monkeypatch.setattr(digest, "__version__", "9.9")
    assert digest_now() not in seen


def test_digest_changes_with_relevant_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = tmp_path / "site-packages"
    (packages / "jinja2-3.1.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(packages), str(tmp_path / "gone-packages")])
    seen = {digest_now()}
    (packages / "another-1.0.dist-info").mkdir()
    assert digest_now() in seen
    (packages / "jinja2-3.1.dist-info").rename(packages / "Jinja2-3.2.dist-info")
    assert digest_now() not in seen


def digest_now() -> str:
    return engine_digest.__wrapped__()


def test_digest_is_constant_within_a_run() -> None:
    assert engine_digest() == engine_digest()
