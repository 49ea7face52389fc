"""Other engines: found by their entry points, tamed, told apart by name and version."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.config import Config, parse
from digest.engine_version import engine_digest
from digest.issues import Issue
from digest.labels import Engine
from digest.labels.engines import engine_fingerprint, engine_issues, report_of, site_labeller
from tests.labels.fake import Install, packages

CHOSEN = '[labels]\nengine = "oracle"\n'


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Install]:
    """Installs a fake distribution with an engine `oracle`."""
    with packages(tmp_path / "packages") as install:
        yield install


def read(text: str = CHOSEN) -> tuple[Config, tuple[Issue, ...]]:
    config, issues = parse(text)
    return config, (*issues, *engine_issues(config))


def test_default_engine_without_configuration() -> None:
    config, issues = read("")
    assert (config.labels.engine, issues, engine_fingerprint(config)) == ("default", (), engine_digest())
    assert isinstance(site_labeller(config), Engine)


def test_default_engine_can_be_configured() -> None:
    config, issues = read('[labels]\nengine = "default"\n')
    assert (issues, type(site_labeller(config))) == ((), Engine)


def test_installed_engine_is_used(installed: Install) -> None:
    installed(region="africa", category="sport")
    config, issues = read()
    labeller = site_labeller(config)
    assert issues == ()
    assert (labeller.name, labeller.version) == ("oracle", "of 7 regions")
    labels = labeller.label("Anything", "at", "all")
    assert (labels.region, labels.category, labels.other_regions) == ("africa", "sport", ("europe",))
    assert labels.region_confidence == 0.5


def test_unknown_engine_is_a_configuration_issue(installed: Install) -> None:
    installed()
    config, (wrong,) = read('[labels]\nengine = "orakle"\n')
    assert str(wrong) == (
        "digest.toml:2:1: error[config-value]: no engine `orakle` is installed\n  hint: did you mean `oracle`?"
    )
    assert config.labels.engine == "default"


def test_hint_lists_installed_engines(installed: Install) -> None:
    installed()
    _, (wrong,) = read('[labels]\nengine = "xyz"\n')
    assert wrong.hint.startswith("known here: default, ")
    assert "oracle" in wrong.hint


@pytest.mark.parametrize(("how", "said"), [
    ({"needs": "a_library_that_is_not_there"}, "No module named 'a_library_that_is_not_there'"),
    ({"target": "oracle_engine:nothing"}, "has no attribute 'nothing'"),
])  # fmt: skip
def test_engine_that_cannot_be_loaded_is_an_issue(installed: Install, how: dict[str, str], said: str) -> None:
    installed(**how)
    _, (wrong,) = read()
    assert wrong.code == "config-value"
    assert wrong.message.startswith("the engine `oracle` cannot be loaded: ")
    assert said in wrong.message


def test_labels_unknown_to_the_site_are_replaced(installed: Install) -> None:
    installed(region="atlantis", category="gossip", other="lemuria")
    labels = site_labeller(read()[0]).label("Anything")
    assert (labels.region, labels.category, labels.other_regions) == ("world", "society", ())


def test_fingerprint_changes_with_the_engine_version(installed: Install) -> None:
    installed(version="1.0")
    first = engine_fingerprint(read()[0])
    assert (engine_digest() in first, "oracle" in first) == (True, True)
    installed(version="1.1")
    assert engine_fingerprint(read()[0]) != first


def test_labels_of_another_engine_can_be_explained(installed: Install) -> None:
    installed(region="africa")
    report = report_of(site_labeller(read()[0]), "Anything")
    assert report.regions == (("africa", 0.5),)
    assert [witness.words for witness in report.evidence] == ["a feeling"]


def test_report_of_the_default_engine(labeller: Engine) -> None:
    assert report_of(labeller, "Kenya votes") == labeller.report_of("Kenya votes")
