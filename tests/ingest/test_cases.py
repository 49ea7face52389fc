r"""The text fixtures of `tests/cases/import`: dumps in, pages and reports out.

A case begins with `=== title` and goes on in steps, each a line with `>>>` and the lines behind it:

    >>> import NAME [at=… source=…]   imports these lines as a dump of that name, then compares what follows
    >>> says                          what became of the items, and all issues, word by word
    >>> page PATH                     the complete page; `…` stands for anything on its line
    >>> pages                         the paths of all pages there are
    >>> edit PATH                     lines `old => new`; `\\n` is the end of a line
    >>> remove PATH                   an editor deletes the page
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.ingest import ImportReport, Outcome
from tests.ingest.import_site import ImportSite

FOLDER = Path(__file__).parent.parent / "cases" / "import"
Step = tuple[str, list[str], str]


def _cases() -> Iterator[tuple[str, list[Step]]]:
    for file in sorted(FOLDER.glob("*.txt")):
        for case in re.split(r"^=== ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            title, _, rest = case.partition("\n")
            steps = []
            for step in re.split(r"^>>> ", rest, flags=re.MULTILINE)[1:]:
                line, _, text = step.partition("\n")
                verb, *words = line.split()
                steps.append((verb, words, text))
            yield f"{file.stem}: {title}", steps


CASES = dict(_cases())


@pytest.mark.parametrize("title", CASES)
def test_case(title: str, site: ImportSite) -> None:
    report = ImportReport()
    for verb, words, text in CASES[title]:
        if verb == "import":
            options = dict(word.split("=") for word in words[1:])
            report = site.import_dumps(site.write_dump(words[0], text), **options)
        elif verb == "edit":
            for line in text.strip("\n").split("\n"):
                old, new = line.replace("\\n", "\n").split(" => ")
                site.edit(words[0], old, new)
        elif verb == "remove":
            (site.content / words[0]).unlink()
        else:
            _compare(site, report, verb, words, text)


def _compare(site: ImportSite, report: ImportReport, verb: str, words: list[str], text: str) -> None:
    if verb == "says":
        outcomes = [f"{outcome} {report.count(outcome)}" for outcome in Outcome if report.count(outcome)]
        issues = [str(issue).replace(f"{site.inbox}/", "") for issue in report.issues]
        assert "\n".join([", ".join(outcomes) or "nothing", *issues]) == text.strip("\n")
    elif verb == "pages":
        assert list(site.pages()) == sorted(text.split())
    elif verb == "page":
        page = site.pages()[words[0]]
        wanted = text.rstrip("\n") + "\n"
        pattern = ".*".join(map(re.escape, wanted.split("…")))
        assert re.fullmatch(pattern, page), f"{page}\nis not\n{wanted}"
    else:
        pytest.fail(f"no such step: {verb}")


def test_every_case_checks_something() -> None:
    assert len(CASES) >= 10
    for steps in CASES.values():
        assert {"says", "page", "pages"} & {verb for verb, _, _ in steps}
