"""Builds that die half-way: at one of their effects on the disk, or from outside at any moment."""

import errno
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from digest.builder import BuildRequest, build

_EFFECTS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}


class DeathError(BaseException):
    """The end of a build, for which nothing in it is prepared."""


class _Fate:
    """Listens to Python's own audit events (PEP 578) and strikes at one of them. A hook stays for ever: it is one."""

    def __init__(self) -> None:
        self.left = -1
        self.blow: Callable[[], BaseException] = DeathError
        self.top = Path("/")
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.left < 0 or event not in _EFFECTS or not self._is_effect(event, arguments):
            return
        self.left -= 1
        if self.left < 0:
            raise self.blow()

    def _is_effect(self, event: str, arguments: tuple[object, ...]) -> bool:
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return False
        return isinstance(arguments[0], str | Path) and Path(arguments[0]).is_relative_to(self.top)


_FATE = _Fate()


def _full() -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


def struck(request: BuildRequest, top: Path, dice: random.Random) -> bool:
    """A build that fails at one of its effects below `top`, chosen at random; false when it had fewer."""
    blows: list[Callable[[], BaseException]] = [DeathError, _full]
    _FATE.top, _FATE.blow = top, dice.choice(blows)
    _FATE.left = int(dice.expovariate(1 / 25))
    try:
        return not build(request).ok
    except DeathError:
        return True
    finally:
        _FATE.left = -1


def killed(request: BuildRequest, dice: random.Random) -> bool:
    """A build in a process of its own that is killed at some moment; false when it was faster."""
    child = os.fork()
    if not child:
        try:
            build(request)
        finally:
            os._exit(0)
    time.sleep(dice.uniform(0, 0.2))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
