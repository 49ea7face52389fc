"""What the build costs, beside other generators on the same site. `make bench`; the table is in docs/performance.md."""
