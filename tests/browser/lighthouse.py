"""Lighthouse (https://github.com/GoogleChrome/lighthouse) on a page, as on a phone."""

import json
import os
import statistics
import subprocess
from pathlib import Path

from tests.machine import ROOT, program

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_PROGRAM = ROOT / ".venv" / "audit" / "node_modules" / "lighthouse" / "cli" / "index.js"
_AGAIN = 2
"""How often a page is looked at again that missed the goal: other work on the machine is no property of the page."""


def scores(address: str, goal: int, said: Path) -> dict[str, int]:
    """0–100 by category; of a page that misses the goal the median of three looks. `said` keeps the last report."""
    looks = [_look(address, said)]
    while min(looks[-1].values()) < goal and len(looks) <= _AGAIN:
        looks.append(_look(address, said))
    if min(looks[-1].values()) >= goal and len(looks) == 1:
        return looks[0]
    return {name: round(statistics.median(look[name] for look in looks)) for name in CATEGORIES}


def _look(address: str, said: Path) -> dict[str, int]:
    flags = "--headless=new --no-sandbox --disable-gpu"
    command = [program("node"), str(_PROGRAM), address, "--quiet", "--output=json", f"--output-path={said}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    environment = os.environ | {"CHROME_PATH": program("chromium")}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    found = json.loads(said.read_text("utf-8"))["categories"]
    return {name: round(100 * found[name]["score"]) for name in CATEGORIES}
