"""Renders planned pages into the stage, in this process or in workers.

`scheduler.render_all` distributes shards of pages, `worker` renders one shard, `pools` starts and feeds worker
processes, `crash_trace` finds out which page a dead worker was rendering. It never decides which pages are stale and
never touches the output folder.
"""
