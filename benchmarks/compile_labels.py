"""Writes `digest/labels/data/gazetteer.msgpack` from the tables: `python -m benchmarks.compile_labels`."""

from pathlib import Path

from digest.labels.gazetteer.compile import compile_tables
from digest.labels.gazetteer.lookup import GAZETTEER_FILE

LABELS = Path(__file__).parent.parent / "digest" / "labels"


def tables() -> dict[str, str]:
    """Every readable table by its stem."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((LABELS / "tables").glob("*.tsv"))}


def main() -> None:
    """Compile and say how much there is."""
    target = LABELS / "data" / GAZETTEER_FILE
    target.parent.mkdir(exist_ok=True)
    data = compile_tables(tables())
    target.write_bytes(data)
    print(f"{target.name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
