"""Checks of a theme before it is used: `rehearsal` renders every page kind with sample views from `samples`.

The HTML is examined like that of a site. No file of a site is read or written.
"""
