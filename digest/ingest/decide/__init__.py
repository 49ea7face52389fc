"""Decisions of an import: new page, version, follow-up, update of a page, or one more sighting.

Public: `intake.Intake` processes items, `known_pages.KnownPages` is the index of the pages of the window,
`conflicts.find_conflicts` and `resolve_text` compare a page with the wire. Functions on page text (`updates`, `takes`)
are pure; only `Intake` writes, through `write.content_folder`. What an editor wrote is never overwritten.
"""
