"""The figures of import: parts that are asked for run to their end, with the numbers that were asked for."""

import pytest

from benchmarks.imports import main


def test_selected_part_runs(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--parts", "small", "--small", "2", "--jobs", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("2 dumps of 5 items, a folder: ")
    assert lines[1].startswith("the same folder again: ")


def test_unknown_part_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--parts", "small,large"])
    assert end.value.code == 2
    assert "no part is called large" in capsys.readouterr().err
