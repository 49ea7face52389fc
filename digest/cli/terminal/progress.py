"""Progress bar on a terminal, for work that takes more than a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE_S = 1.0

Told = Callable[[str, int, int], None]


@contextmanager
def progress(*, machine: bool) -> Iterator[Told | None]:
    """Yield a progress callback; None without a terminal. The bar disappears when the work ends."""
    if machine or not sys.stderr.isatty():
        yield None
        return
    bar = Bar(time.monotonic)
    try:
        yield bar.told
    finally:
        bar.close()


class Bar:
    """Shows a bar once the work has taken longer than `PATIENCE_S`; only then imports rich."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._start = clock, clock()
        self._rich: Progress | None = None
        self._task: TaskID | None = None

    @property
    def shown(self) -> bool:
        """True while the bar is on the screen."""
        return self._rich is not None

    def told(self, stage: str, done: int, total: int) -> None:
        """Report `done` of `total` of a stage; a total of 0 is unknown."""
        if self._rich is None:
            if self._clock() - self._start < PATIENCE_S:
                return
            self._rich = _opened()
        if self._task is None:
            self._task = self._rich.add_task(stage, total=None)
        self._rich.update(self._task, description=stage, completed=done, total=total or None)

    def close(self) -> None:
        """Remove the bar from the screen."""
        if self._rich is not None:
            self._rich.stop()


def _opened() -> "Progress":
    from rich.console import Console  # noqa: PLC0415 - rich is slow to import, and most runs draw no bar
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415 - as above

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.start()
    return bar
