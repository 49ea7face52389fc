"""The process around a command: `error_boundary.main`, exit codes, the crash log, the clock, `abort.Stop`.

Every error ends here as a few lines and an exit code, never as a traceback. `clock` is the only module that reads the
time.
"""
