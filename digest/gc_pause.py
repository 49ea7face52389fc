"""Pauses the garbage collector while very many objects are created, none of them in reference cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from digest.speedups import is_enabled


@contextmanager
def no_collection() -> Iterator[None]:
    """Disable garbage collection in this context; otherwise it takes up to a tenth of the time of a build or import.

    A process that continues afterwards should call `gc.collect()` when nobody waits: objects that survive the context
    count as old.
    """
    was_enabled = gc.isenabled() and is_enabled("gc-pause")
    if was_enabled:
        gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.unfreeze()  # surviving objects count as old, and are not examined at once
            gc.enable()
