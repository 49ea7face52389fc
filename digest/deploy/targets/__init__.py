"""Deploy targets: `target.Target` is the protocol, `target_of` makes a target from its settings, `folder` copies files.

A target uploads and deletes files in the order that it is given. It never decides what to upload: `deploy/plan.py`
does.
"""
