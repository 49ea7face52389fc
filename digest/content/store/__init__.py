"""Index of the content folder in SQLite (`.digest/state.sqlite`): `Archive`, `refresh`, `scan`, and the file lock.

A refresh reads only files that changed since the last one. The index is a cache: it may be deleted at any time, and
nothing here ever writes below `content/`. Modules are imported by name: `archive.Archive`, `database.open_store`,
`lock.file_lock`, `scan.scan`.
"""
