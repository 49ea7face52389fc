"""Changes to pages and digest.toml, by a command or the desk: fields, status, stories, lead rank, label terms.

An `Edit` holds the new text of one file; `apply_edits` writes edits atomically and logs them, and `undo` reverts the
last change. Nothing here writes outside the site, and no file is overwritten that changed since the edit was made.
"""

from digest.edit.adopt import adopt
from digest.edit.allowed_paths import check_allowed
from digest.edit.change import Edit, apply_edits, change_fields, digest_of, edit_of, edit_of_text, stale_edits
from digest.edit.find import find_item
from digest.edit.label_terms import term_edit
from digest.edit.lead_rank import place_lead
from digest.edit.status import erase, hold, kill, release
from digest.edit.story import free_story_slug, merge_stories, pin_story, split_story
from digest.edit.undo import discard_undo, last_change, undo, undo_edits

__all__ = [
    "Edit",
    "adopt",
    "apply_edits",
    "change_fields",
    "check_allowed",
    "digest_of",
    "discard_undo",
    "edit_of",
    "edit_of_text",
    "erase",
    "find_item",
    "free_story_slug",
    "hold",
    "kill",
    "last_change",
    "merge_stories",
    "pin_story",
    "place_lead",
    "release",
    "split_story",
    "stale_edits",
    "term_edit",
    "undo",
    "undo_edits",
]
