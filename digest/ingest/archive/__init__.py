"""Dumps as files: reading inputs, their time and source, and the copies in `content/dumps/`.

Public: `sources.collect_dumps` and `open_dump`, `metadata.dump_time_of`, `source_of` and `copy_name`,
`dumps.DumpArchive`, `sightings.Sightings`, `quote.quote_lines`. This package reads dumps but never writes one:
`write.content_folder` makes the copies.
"""
