"""The bar shows up late, and only where somebody watches."""

import io
import sys

import pytest

from digest.cli.terminal.progress import PATIENCE_S, Bar, progress


class Terminal(io.StringIO):
    """A screen."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_nobody_watches_a_pipe_or_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    with progress(machine=False) as told:
        assert told is None
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress(machine=True) as told:
        assert told is None
    with progress(machine=False) as told:
        assert told is not None


def test_a_bar_comes_after_a_second_and_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    clock = [0.0]
    bar = Bar(lambda: clock[0])
    bar.told("reading", 1, 0)
    early = bar.shown, screen.getvalue()
    clock[0] = PATIENCE_S
    bar.told("drawing", 5, 10)
    bar.told("writing", 10, 10)
    late = bar.shown
    bar.close()
    assert (early, late) == ((False, ""), True)
    text = screen.getvalue()
    assert "writing" in text
    assert text.rstrip().endswith("\x1b[2K"), "the line is wiped"


def test_a_bar_that_never_came_is_closed_in_silence() -> None:
    bar = Bar(lambda: 0.0)
    bar.told("reading", 1, 0)
    bar.close()
    assert not bar.shown
