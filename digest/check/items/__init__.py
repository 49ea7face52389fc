"""Checks of content items: `headlines` and `bylines`.

Each check is a function from items to issues. They never read the output.
"""
