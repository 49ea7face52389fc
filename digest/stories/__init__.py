"""New item + known items → version, follow-up or new story. Pure and deterministic."""

from digest.stories.filing import Filed, filed
from digest.stories.index import Index, Likely
from digest.stories.score import SAME_EVENT, SAME_NEWS, TOGETHER, same
from digest.stories.slugs import story_slug_of
from digest.stories.tsv import tsv_of
from digest.stories.turns import Turn

__all__ = [
    "SAME_EVENT",
    "SAME_NEWS",
    "TOGETHER",
    "Filed",
    "Index",
    "Likely",
    "Turn",
    "filed",
    "same",
    "story_slug_of",
    "tsv_of",
]
