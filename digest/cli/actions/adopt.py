"""Completes hand-made pages, for `digest adopt` and `digest check --fix`."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from digest.cli.sites import Site
from digest.edit import adopt
from digest.issues import Issue
from digest.labels.engines import labeller_of
from digest.model import Labeller
from digest.wire import id_of, key_of


def adopted(site: Site, paths: Sequence[str], now: datetime) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """Complete pages. Return their paths and the issues of the others: a faulty page does not stop the rest."""

    @cache
    def label() -> Labeller:
        return labeller_of(site.config)

    pages: list[str] = []
    issues: list[Issue] = []
    for path in paths:
        done, wrong = adopt(site.folder, site.config, [path], label, lambda t, day: id_of(key_of(t), day), now)
        pages += done
        issues += wrong
    return tuple(pages), tuple(issues)
