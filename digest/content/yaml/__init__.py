"""YAML of front matter as a tree of nodes with positions (`nodes`): `parse` for any YAML, `fast_path` for plain YAML.

All scalars stay text; the types of fields are decided in `digest.content.fields`. Nothing here constructs Python
objects from tags or expands aliases. PyYAML is imported only by `parse` and `tree`.
"""
