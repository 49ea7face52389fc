"""Checks of a built site (`digest check`): HTML, CSS, links, feeds, sitemaps, structured data, headlines, bylines.

A check is a function that yields findings, one module a check; `html`, `css`, `site`, `items` and `theme` group them.
Every page is read once, by several worker processes. The package never changes a file.
"""

from digest.check.baseline import Baseline
from digest.check.run import CheckInput, check_site

__all__ = ["Baseline", "CheckInput", "check_site"]
