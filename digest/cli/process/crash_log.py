"""Crash log: a text that can be pasted into a bug report."""

import os
import platform
import sys
import tempfile
import traceback
from itertools import pairwise
from pathlib import Path

from digest import __version__
from digest.cli.sites import STATE
from digest.config import folder_above

NAME = "crash.log"


def save_crash(error: BaseException, args: list[str]) -> Path:
    """Write the log into `.digest/` of the site, else into the temporary folder. Return its path."""
    text = log_of(error, args)
    for folder in _folders(args):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / NAME).write_text(text, "utf-8", errors="backslashreplace")
        except OSError:
            continue
        return folder / NAME
    sys.stderr.write(text)  # no folder is writable: print it
    return Path(NAME)


def log_of(error: BaseException, args: list[str]) -> str:
    """Return the log: versions, command line, traceback; the home folder is written as `~`."""
    trace = "".join(traceback.format_exception(error))
    facts = (
        f"digest {__version__}",
        f"{platform.python_implementation()} {platform.python_version()} on {platform.platform()}",
        f"command: digest {' '.join(args)}",
    )
    text = "### digest crash\n\n```\n" + "\n".join(facts) + f"\n\n{trace}```\n"
    home = os.path.expanduser("~")  # noqa: PTH111 - as text, to replace it in the text
    return text.replace(home, "~") if len(home) > 1 else text


def _folders(args: list[str]) -> list[Path]:
    asked = [Path(value) for option, value in pairwise(args) if option == "--site"]
    site = asked[0] if asked else folder_above(Path.cwd())
    return [*([site / STATE] if site else []), Path(tempfile.gettempdir()) / "digest"]
