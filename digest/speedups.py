"""Optimisations that can be switched off, one name each.

The environment variable DIGEST_WITHOUT takes names separated by commas, or `all`: a build, an import or a preview then
runs without these optimisations and writes the same bytes, only slower. Tests compare both ways, and one run with `all`
shows whether an optimisation has a part in a bug.
"""

import os
from collections.abc import Mapping

VARIABLE = "DIGEST_WITHOUT"

# name → the package or module that can be deleted with it. The measured gain of each is in docs/decisions/.
SPEEDUPS: Mapping[str, str] = {
    "background-writer": "digest/ingest/parallel/background_writer.py",
    "bulk-cards": "digest/builder/state/bulk_cards.py",
    "deferred-pages": "digest/builder/incremental/deferred.py",
    "entry-lookup": "digest/builder/incremental/entry_lookup.py",
    "gc-pause": "digest/gc_pause.py",
    "import-cache": "digest/ingest/cache.py",
    "manifest-splice": "digest/builder/commit/manifest_splice.py",
    "markdown-fast-path": "digest/content/markdown/fast",
    "newest-only": "digest/builder/state/cards.py",
    "parallel-reading": "digest/ingest/parallel",
    "response-cache": "digest/preview/server/response_cache.py",
    "score-bound": "digest/stories/pairs/score_bound.py",
    "template-cache": "digest/theme/compiler/disk_cache.py",
    "template-compiler": "digest/theme/compiler",
    "up-to-date-check": "digest/builder/uptodate",
    "whole-stage": "digest/builder/commit/stage.py",
    "yaml-fast-path": "digest/content/yaml/fast_path.py",
}


def is_enabled(name: str) -> bool:
    """Return False when DIGEST_WITHOUT names this optimisation.

    Raises KeyError for a name that is not in SPEEDUPS.
    """
    if name not in SPEEDUPS:
        raise KeyError(name)
    disabled = os.environ.get(VARIABLE, "")
    return not disabled or not {name, "all"} & set(disabled.split(","))
