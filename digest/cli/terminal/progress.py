"""A progress bar for what takes more than a second on a terminal."""

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
    """What a build or an import tells how far it is; None where nobody watches. The bar goes when the work ends."""
    if machine or not sys.stderr.isatty():
        yield None
        return
    bar = Bar(time.monotonic)
    try:
        yield bar.told
    finally:
        bar.close()


class Bar:
    """Starts the bar when the work has taken longer than `PATIENCE_S`, and imports rich only then."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._start = clock, clock()
        self._rich: Progress | None = None
        self._task: TaskID | None = None

    @property
    def shown(self) -> bool:
        """Whether there is a bar on the screen."""
        return self._rich is not None

    def told(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` of a stage; 0 when the total is not known."""
        if self._rich is None:
            if self._clock() - self._start < PATIENCE_S:
                return
            self._rich = _opened()
        if self._task is None:
            self._task = self._rich.add_task(stage, total=None)
        self._rich.update(self._task, description=stage, completed=done, total=total or None)

    def close(self) -> None:
        """Takes the bar off the screen."""
        if self._rich is not None:
            self._rich.stop()


def _opened() -> "Progress":
    from rich.console import Console  # noqa: PLC0415 - rich is slow to import, and most runs draw no bar
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415 - as above

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.start()
    return bar
