"""Watching the files of a site: file system events become batches of changed paths.

`watcher.Watcher` puts events into a queue, `batches.next_batch` waits until a save is complete, and `events.coalesce`
reduces events to the last meaningful change of each path. Nothing here reads or builds a page.
"""
