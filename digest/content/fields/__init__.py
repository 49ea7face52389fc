"""Fields of front matter: the table of all fields (`schema`) and a parser for each type of value.

A parser takes a YAML node and returns a typed value; it reports mistakes as issues with their place and returns None.
Nothing here reads files or infers missing fields (see `digest.content.infer`).
"""
