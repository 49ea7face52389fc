"""One change to a page at a time, by a command or by the desk, each with a way back."""

from digest.edit.adopt import adopt
from digest.edit.change import Edit, change_all, change_fields, undo
from digest.edit.find import find
from digest.edit.status import erase, hold, kill, release
from digest.edit.story import merge, pin, split

__all__ = [
    "Edit",
    "adopt",
    "change_all",
    "change_fields",
    "erase",
    "find",
    "hold",
    "kill",
    "merge",
    "pin",
    "release",
    "split",
    "undo",
]
