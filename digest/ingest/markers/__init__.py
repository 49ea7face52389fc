"""Markers of the wire (`UPDATE 2-`, `KILL`, `EMBARGOED UNTIL …`) and their effect on pages.

Public: `parse.parse_markers` splits an item into text and markers, `embargo.parse_embargo` reads the end of an embargo,
`instructions.marker_changes` and `withdrawal.stop_page` change page text. All functions are pure. A marker is obeyed
once and never overrules a later decision of an editor.
"""
