"""Check of a theme without a site: every template is rendered with sample views, and the pages are checked.

`rehearsal.check_sample_pages` is the public function; `samples` makes the views. Nothing is written to disk.
"""
