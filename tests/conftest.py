"""What holds for all tests."""

from hypothesis import settings

# How long a case takes says nothing of whether it is right, and machines are busy.
settings.register_profile("digest", deadline=None)
settings.load_profile("digest")
