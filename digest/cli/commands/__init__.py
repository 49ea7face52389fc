"""One module for each command, with a function `command`. Commands parse arguments, call one function and report."""
