"""One change to a page at a time, by a command or by the desk, each with a way back."""

from digest.edit.adopt import adopt
from digest.edit.allowed_paths import confined
from digest.edit.change import Edit, change_all, change_fields, digest_of, edit_of, edit_on, stale
from digest.edit.find import find
from digest.edit.label_terms import term_edit
from digest.edit.lead_rank import place_lead
from digest.edit.status import erase, hold, kill, release
from digest.edit.story import free_story, merge, pin, split
from digest.edit.undo import give_up, last_change, taking_back, undo

__all__ = [
    "Edit",
    "adopt",
    "change_all",
    "change_fields",
    "confined",
    "digest_of",
    "edit_of",
    "edit_on",
    "erase",
    "find",
    "free_story",
    "give_up",
    "hold",
    "kill",
    "last_change",
    "merge",
    "pin",
    "place_lead",
    "release",
    "split",
    "stale",
    "taking_back",
    "term_edit",
    "undo",
]
