"""The editor's controls inside the preview: an API over `edit`, and the client that speaks to it."""

from digest.preview.desk.routes import Routes

__all__ = ["Routes"]
