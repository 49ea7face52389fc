"""Evidence that a person can follow."""

from digest.labels import Engine, tree_of
from digest.labels.report import NO_EVIDENCE, margin, strongest_evidence
from digest.model import Evidence


def test_evidence_names_words_table_and_label(labeller: Engine) -> None:
    labels = labeller.label("Rebels shell town in Uganda")
    words = {(witness.words, witness.table, witness.label) for witness in labels.evidence}
    assert ("Uganda", "countries:UG", "africa") in words
    assert ("Rebels", "words", "conflict") in words


def test_report_has_competing_labels_and_margin(labeller: Engine) -> None:
    report = labeller.report_of("US envoy visits Oman")
    assert [slug for slug, _ in report.regions] == ["middle-east", "north-america"]
    assert report.region_margin == report.regions[0][1] - report.regions[1][1] > 0
    assert report.category_margin > 0
    assert {witness.label for witness in report.evidence} >= {"middle-east", "north-america"}


def test_tree_of_a_report(labeller: Engine) -> None:
    tree = tree_of(labeller.report_of("US envoy visits Oman"))
    lines = tree.splitlines()
    assert lines[0] == "US envoy visits Oman"
    assert lines[1].startswith("├─ region middle-east, confidence ")
    assert any("“Oman”" in line and "(countries:OM)" in line for line in lines)
    assert any(line.startswith("├─ category ") for line in lines)
    assert len(lines) <= 50


def test_tree_without_evidence(labeller: Engine) -> None:
    assert "region world, confidence 10%" in tree_of(labeller.report_of(""))


def test_margins() -> None:
    assert margin(()) == 0.0
    assert margin((("a", 2.0),)) == 2.0
    assert margin((("a", 2.0), ("b", 0.5))) == 1.5


def test_strongest_evidence_is_for_the_given_labels_only() -> None:
    loud = Evidence(words="a", table="t", label="africa", weight=2.0)
    soft = Evidence(words="b", table="t", label="sport", weight=1.0)
    other = Evidence(words="c", table="t", label="europe", weight=9.0)
    against = Evidence(words="d", table="t", label="sport", weight=-1.0)
    assert strongest_evidence([soft, other, against, loud], "africa", "sport") == (loud, soft)
    assert strongest_evidence([other], "africa", "sport") == (NO_EVIDENCE,)
