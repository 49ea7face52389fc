"""Threading decisions as tab-separated text."""

from digest.model import Thread


def tsv_of(thread: Thread) -> str:
    """Return `story<TAB>score<TAB>evidence`; the evidence is `table:words=weight; …`, the runner-up last."""
    evidence = "; ".join(f"{w.table}:{_flat(w.words)}={w.weight:g}" for w in thread.evidence)
    return f"{thread.story}\t{thread.score:.3f}\t{evidence}"


def _flat(words: str) -> str:
    """Replace tabs and line breaks, which would break the table, by spaces."""
    return " ".join(words.split())
