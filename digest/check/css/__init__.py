"""Checks of stylesheets: `stylesheet` reads rules, `colours` computes luminance, `contrast` compares text with
background.

Only colours are examined. Nothing here knows pages.
"""
