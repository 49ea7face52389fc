"""Work that several commands share, or that is too long for a command: adopt, check, deploy, explain, relabel, review.

Each function takes a `Site` and values, and returns values, issues or an exit code. Nothing here parses arguments.
"""
