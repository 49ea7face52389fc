"""What some tests need of a machine beside Python: a browser, Java, packages of npm.

Where it is missing the test is skipped and says so, unless DIGEST_BROWSER_REQUIRED is set: then it fails.
"""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parents[1]
REQUIRED = "DIGEST_BROWSER_REQUIRED"
_NODE = ROOT / ".venv" / "node" / "node_modules"


def program(name: str) -> str:
    """The path of a program."""
    return shutil.which(name) or lacking(f"{name} is not installed")


def node_file(path: str) -> Path:
    """A file of an npm package that `make test` installs."""
    found = _NODE / path
    return found if found.is_file() else lacking(f"{path.partition('/')[0]} is not there: `make test` has npm fetch it")


def lacking(reason: str) -> NoReturn:
    """Ends the test: skipped, or failed where everything has to be there."""
    if os.environ.get(REQUIRED):
        pytest.fail(f"{reason}, and {REQUIRED} is set", pytrace=False)
    pytest.skip(reason)
