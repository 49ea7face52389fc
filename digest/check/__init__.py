"""Looks at a built site as its readers' machines will, and at its items as readers will. Changes nothing.

Every file of the output is read once, by as many processes as there are; a check is a function from what was read to
findings, one a module.
"""

from digest.check.baseline import Baseline
from digest.check.run import CheckInput, check_site

__all__ = ["Baseline", "CheckInput", "check_site"]
