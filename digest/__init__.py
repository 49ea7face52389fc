"""digest: from the wire to a newspaper. A static site generator for news."""

__version__ = "0.1.0"
