"""Results of the last build in the SQLite file `.digest/state.sqlite`, one set of tables for each audience.

`database.State` reads and writes the tables; `cards` gives builds the cards of groups; `bulk_cards` loads the cards of
a new site that is too large for memory. Deleting the file costs time and nothing else: it never holds what cannot be
computed again.
"""
