"""Looking for values that hold each other in a ring, and nothing else holds: put off while very many are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """For what makes many values and no rings of them: looking for rings would be a tenth of its time.

    A process that goes on afterwards has to look itself, once nobody waits: what is left counts as old.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.unfreeze()  # what is left counts as old, and is not looked through at once
            gc.enable()
