"""Parts of a build that need an optional dependency: images, social cards, the search index, minified HTML.

Each module is imported only by a site that asks for it in digest.toml. Without the dependency the build goes on and
reports an issue; it never fails because of an extra.
"""
