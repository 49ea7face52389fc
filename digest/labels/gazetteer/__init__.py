"""Gazetteer: tables of places, people, bodies and other terms, and the lookup of their terms in a text.

`lookup` finds terms in one pass, `taxonomy` maps their countries and categories to those of a site, `compile` turns the
readable tables into the binary form. It never decides on a label.
"""
