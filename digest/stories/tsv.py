"""A thread as one line of tab-separated text."""

from digest.model import Thread


def tsv_of(thread: Thread) -> str:
    """`story<TAB>score<TAB>evidence`; the evidence is `table:words=weight`, joined by `; `, what came second last."""
    evidence = "; ".join(f"{w.table}:{_flat(w.words)}={w.weight:g}" for w in thread.evidence)
    return f"{thread.story}\t{thread.score:.3f}\t{evidence}"


def _flat(words: str) -> str:
    """A tab or line break in a title would break the table."""
    return " ".join(words.split())
