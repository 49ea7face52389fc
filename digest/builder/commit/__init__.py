"""Moves a finished build into the output folder, so that a crash at any moment leaves the old site or the new one.

`stage` collects files, `transaction` writes the manifest and the list of steps into the state, `journal` carries out
the steps, which can be repeated; `changes` lists the URLs that changed. It never writes a file of the output in place
and never deletes a file that no build made.
"""
