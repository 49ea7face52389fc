"""Input and output of commands: `reporter.Reporter` prints, `issue_formats` serialises issues, `progress` draws a bar.

Other modules never print. With `--json` the reporter writes one JSON document instead of text.
"""
