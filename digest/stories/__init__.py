"""New item + known items → version, follow-up or new story. Pure and deterministic."""

from digest.stories.pairs.contradictions import Turn
from digest.stories.pairs.score import SAME_EVENT, SAME_NEWS, TOGETHER, same
from digest.stories.prepared import Filed, filed
from digest.stories.text.slugs import story_slug_of
from digest.stories.threader import Index, Likely
from digest.stories.tsv import tsv_of

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
