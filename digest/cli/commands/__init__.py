"""One module a command; each has a `command` of that name."""
