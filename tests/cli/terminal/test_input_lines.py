"""`digest label` and `digest thread`: lines in, lines out, in the same order."""

from pathlib import Path

import pytest

from tests.cli.running import digest
from tests.cli.sites import FERRY, PAGE, STORM

HEADLINES = """\
Nairobi opens its first tram line
Swiss skier wins the downhill
\tand nothing but a summary

Peru's central bank cuts its rate\tInflation fell for the third month
"""


def test_each_headline_is_one_line_of_tsv() -> None:
    ran = digest("label", "--tsv", stdin=HEADLINES.encode())
    rows = [line.split("\t") for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [len(row) for row in rows] == [6] * 5
    assert (rows[0][0], rows[1][2], rows[4][0]) == ("africa", "sport", "latin-america")
    assert 0 <= float(rows[0][4]) <= 1


def test_a_summary_counts_and_so_does_a_file(tmp_path: Path) -> None:
    (tmp_path / "lines").write_bytes("\ufeffTram line opens\tNairobi, Kenya\r\n".encode())
    assert digest("label", "--tsv", tmp_path / "lines").out.startswith("africa\t")


def test_bytes_that_are_no_text_lose_no_line() -> None:
    ran = digest("label", "--tsv", stdin=b"\xff\xfe\x00\nNairobi tram\n")
    assert len(ran.out.splitlines()) == 2


def test_people_read_the_reasons() -> None:
    ran = digest("label", stdin=b"Nairobi opens its first tram line\n")
    first, region, category, because, *_ = ran.out.splitlines()
    assert first == "Nairobi opens its first tram line"
    assert region.startswith("  region    africa (")
    assert category.startswith("  category  ")
    assert because.startswith("  because   Nairobi → africa (")


def test_machines_read_one_document() -> None:
    (row,) = digest("label", "--json", stdin=b"Nairobi opens its first tram line\n").document["labels"]
    assert (row["region"], row["headline"]) == ("africa", "Nairobi opens its first tram line")
    assert row["evidence"][0]["words"] == "Nairobi"


def test_a_sites_own_terms_count_there_alone(tmp_path: Path) -> None:
    terms = '[[terms]]\nmatch = "lake ferry"\nregion = "africa"\nweight = 9.0\n'
    (tmp_path / "digest.toml").write_text(terms)
    line = b"Lake ferry stays in port\n"
    assert digest("label", "--tsv", cwd=tmp_path, stdin=line).out.startswith("africa\t")
    assert not digest("label", "--tsv", cwd=tmp_path.parent, stdin=line).out.startswith("africa\t")


def test_a_file_that_is_not_there_is_an_issue() -> None:
    ran = digest("label", "nowhere.txt")
    assert (ran.code, ran.err.splitlines()[0]) == (1, "nowhere.txt: error[file-failed]: no such file or directory")


def test_review_shows_the_least_sure_first(site: Path) -> None:
    pages = digest("label", "--review", "--json", cwd=site).document["pages"]
    assert len(pages) == 4
    assert [p["confidence"] for p in pages] == sorted(p["confidence"] for p in pages)
    assert {"path", "title", "region", "category", "says"} <= pages[0].keys()
    assert len(digest("label", "--review", cwd=site).out.splitlines()) == 12


def test_review_says_where_a_page_and_its_text_differ(site: Path) -> None:
    page = next((site / "content/2026").rglob("harbour*.md"))
    text = page.read_text()
    page.write_text(text.replace("regions: [", "regions: [africa, ") if "africa" not in text else text)
    shown = digest("label", "--review", cwd=site).out
    assert "africa, " in shown
    assert "its text says" in shown


def test_refresh_labels_again_what_no_editor_has_touched(site: Path) -> None:
    terms = '[[terms]]\nmatch = "lake ferry"\nregion = "africa"\nweight = 9.0\n'
    (site / "digest.toml").write_text((site / "digest.toml").read_text() + terms)
    touched, untouched = site / PAGE.format(STORM), site / PAGE.format(FERRY)
    touched.write_text(touched.read_text().replace("regions: [", "regions: [asia-pacific, "))
    by_hand = touched.read_text()
    ran = digest("label", "--refresh", cwd=site)
    assert ran.code == 0, ran.output
    assert "→ africa" in ran.out
    assert "regions: [africa" in untouched.read_text()
    assert touched.read_text() == by_hand
    again = digest("label", "--refresh", "--json", cwd=site)
    assert again.document["relabelled"] == []
    assert digest("check", cwd=site).code == 0


def test_what_an_editor_changes_after_a_refresh_stays_his(site: Path) -> None:
    terms = '[[terms]]\nmatch = "lake ferry"\nregion = "africa"\nweight = 9.0\n'
    (site / "digest.toml").write_text((site / "digest.toml").read_text() + terms)
    digest("label", "--refresh", cwd=site)
    page = site / PAGE.format(FERRY)
    page.write_text(page.read_text().replace("regions: [africa", "regions: [middle-east"))
    by_hand = page.read_text()
    digest("label", "--refresh", cwd=site)
    assert page.read_text() == by_hand


def test_a_dry_refresh_names_what_would_move_and_moves_nothing(site: Path) -> None:
    terms = '[[terms]]\nmatch = "lake ferry"\nregion = "africa"\nweight = 9.0\n'
    (site / "digest.toml").write_text((site / "digest.toml").read_text() + terms)
    before = {page: page.read_bytes() for page in (site / "content").rglob("*.md")}
    ran = digest("label", "--refresh", "--dry-run", cwd=site)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "2 pages would get other labels.")
    assert "→ africa" in ran.out
    assert {page: page.read_bytes() for page in (site / "content").rglob("*.md")} == before
    dry, wet = (digest("label", "--refresh", *how, "--json", cwd=site).document for how in (("--dry-run",), ()))
    assert dry["relabelled"] == wet["relabelled"] != []
    assert (dry["dry_run"], wet["dry_run"]) == (True, False)


THREADS = """\
2026-03-10\tStorm damage keeps Lake Murten ferry in port
2026-03-10\tParliament of Peru passes a budget
2026-03-11\tStorm damage keeps Lake Murten ferry in port for a second day
"""


def test_a_follow_up_has_the_story_of_the_first() -> None:
    rows = [line.split("\t") for line in digest("thread", "--tsv", stdin=THREADS.encode()).out.splitlines()]
    assert [len(row) for row in rows] == [3, 3, 3]
    assert rows[0][0] == rows[2][0] != rows[1][0]
    assert float(rows[2][1]) > float(rows[1][1])


def test_people_read_which_line_it_belongs_to() -> None:
    lines = digest("thread", stdin=THREADS.encode()).out.splitlines()
    assert lines[4] == "Storm damage keeps Lake Murten ferry in port for a second day"
    assert " of line 1, " in lines[5]


def test_threads_for_machines() -> None:
    threads = digest("thread", "--json", stdin=THREADS.encode()).document["threads"]
    assert [t["of"] for t in threads] == [None, None, 1]


def test_pairs_are_yes_or_no_with_a_score() -> None:
    pairs = (
        b"Ferry stays in port after storm\tFerry stays in port after storm\nFerry stays in port\tPeru passes a budget\n"
    )
    rows = [line.split("\t") for line in digest("thread", "--pairs", stdin=pairs).out.splitlines()]
    assert [row[0] for row in rows] == ["yes", "no"]
    assert float(rows[0][1]) > float(rows[1][1])
    assert [p["same"] for p in digest("thread", "--pairs", "--json", stdin=pairs).document["pairs"]] == [True, False]


def test_a_line_without_a_date_is_named() -> None:
    ran = digest("thread", "--tsv", stdin=b"2026-03-10\tA\nyesterday\tB\n")
    assert ran.code == 2
    assert ran.err.startswith("-:2:1: error[usage]: `yesterday` is no date\n")


def test_the_same_news_is_less_than_one_event() -> None:
    pair = b"Ferry sinks off Cebu, 9 dead\tDivers search wreck of ferry off Cebu\n"
    said = {bar: digest("thread", "--pairs", "--bar", bar, stdin=pair).out.split("\t")[0] for bar in ("event", "news")}
    assert said == {"event": "yes", "news": "no"}


@pytest.mark.parametrize(
    "line",
    [
        ("thread", "--tsv", "--pairs"),
        ("label", "--review", "--refresh"),
        ("label", "--suggest", "--refresh"),
        ("label", "--dry-run"),
        ("label", "--review", "--dry-run"),
    ],
)
def test_what_excludes_itself(line: tuple[str, ...]) -> None:
    assert digest(*line).code == 2
