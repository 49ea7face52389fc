"""Stories: decides whether a new item is a version of an entry, a follow-up in a story, or a new story.

`Threader` compares a new item with the items of the last days; `headline_similarity` compares two headlines.
Sub-packages: `text` (features of a headline), `pairs` (comparison of two headlines). Everything is pure and
deterministic: this package never reads pages, the clock or the network.
"""

from digest.stories.pairs.contradictions import Contradiction
from digest.stories.pairs.score import SAME_EVENT, SAME_NEWS, SAME_STORY, headline_similarity
from digest.stories.prepared import PreparedTitle, prepare_title
from digest.stories.text.slugs import story_slug_of
from digest.stories.threader import LikelyEntry, Threader
from digest.stories.tsv import tsv_of

__all__ = [
    "SAME_EVENT",
    "SAME_NEWS",
    "SAME_STORY",
    "Contradiction",
    "LikelyEntry",
    "PreparedTitle",
    "Threader",
    "headline_similarity",
    "prepare_title",
    "story_slug_of",
    "tsv_of",
]
