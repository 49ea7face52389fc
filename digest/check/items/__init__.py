"""Checks of items in the content: headlines and bylines.

`headlines.check_headlines` and `bylines.check_bylines` are pure functions of items; they never read a file.
"""
