"""Checks of style sheets: rules and colours (parsed by tinycss2) and the contrast of text (WCAG 2.2).

`contrast.check_contrast` finds text of low contrast. The package never renders a page: it compares the colours that
a style sheet declares.
"""
