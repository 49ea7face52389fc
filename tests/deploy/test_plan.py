"""The diff of two manifests, and the order of its steps."""

from hypothesis import given
from hypothesis import strategies as st

from digest.deploy.manifest import EMPTY, NAME, parse_manifest, text_of
from digest.deploy.plan import phase_of, plan
from digest.model import Manifest, OutputFile
from tests.deploy.outputs import file_of, manifest_of

_SITES = st.dictionaries(
    st.sampled_from(["index.html", "a.css", "feed.xml", "2026/02/05/x/index.html", "region/africa/index.html"]),
    st.sampled_from(["one", "two", "three"]),
)


def test_puts_what_is_new_or_changed_and_deletes_what_is_gone() -> None:
    old = manifest_of({"index.html": "1", "gone.html": "1", "same.css": "1"})
    new = manifest_of({"index.html": "2", "new.html": "1", "same.css": "1"})
    todo = plan(old, new)
    assert [f.path for f in todo.put] == ["index.html", "new.html"]
    assert [f.path for f in todo.delete] == ["gone.html"]
    assert (todo.kept, todo.size) == (1, 2)


def test_a_change_of_type_alone_is_a_change() -> None:
    old = Manifest(files=(OutputFile(path="x", digest="ab" * 8, size=1, type="text/plain"),))
    new = Manifest(files=(OutputFile(path="x", digest="ab" * 8, size=1, type="text/css"),))
    assert plan(old, new).put == new.files


def test_assets_come_before_pages_before_lists_before_feeds_and_deletes_go_the_other_way() -> None:
    paths = ["feed.xml", "2026/02/05/x/index.html", "a.css", "index.html", "2026/02/05/index.html", "b.svg"]
    site = manifest_of(dict.fromkeys(paths, "text"))
    order = ["a.css", "b.svg", "2026/02/05/x/index.html", "2026/02/05/index.html", "index.html", "feed.xml"]
    assert [f.path for f in plan(EMPTY, site).put] == order
    phases = [phase_of(f) for f in plan(site, EMPTY).delete]
    assert phases == sorted(phases, reverse=True)


def test_robots_and_the_json_feed_are_for_machines() -> None:
    for path, kind in (("robots.txt", "text/plain; charset=utf-8"), ("feed.json", "application/feed+json")):
        assert phase_of(OutputFile(path=path, digest="", size=0, type=kind)) == 3


@given(_SITES, _SITES)
def test_carrying_a_plan_out_makes_the_old_site_the_new_one(before: dict[str, str], after: dict[str, str]) -> None:
    old, new = manifest_of(before), manifest_of(after)
    todo = plan(old, new)
    held = {f.path: f for f in old.files}
    held |= {f.path: f for f in todo.put}
    for file in todo.delete:
        del held[file.path]
    assert held == {f.path: f for f in new.files}


@given(_SITES)
def test_nothing_changed_is_nothing_to_do(files: dict[str, str]) -> None:
    site = manifest_of(files)
    todo = plan(site, site)
    assert (todo.put, todo.delete, todo.kept) == ((), (), len(files))


def test_a_manifest_survives_being_written() -> None:
    site = manifest_of({"index.html": "1", "a.css": "2"})
    assert parse_manifest(text_of(site)) == site


def test_a_manifest_that_names_what_lies_outside_is_none() -> None:
    good = file_of("index.html", "x")
    for path in ("../x", "/etc/passwd", "a/../../x", "a//b", "./a", "", "c:x", "a\\b", "a/", NAME):
        bad = Manifest(files=(OutputFile(path=path, digest=good.digest, size=1, type="text/html"),))
        assert parse_manifest(text_of(bad)) is None, path


def test_a_digest_that_could_be_a_path_makes_a_manifest_none() -> None:
    for digest in ("", "../../../../x", "ABCDEF0123456789", "0" * 200):
        bad = Manifest(files=(OutputFile(path="x.html", digest=digest, size=1, type="text/html"),))
        assert parse_manifest(text_of(bad)) is None, digest


def test_what_is_no_manifest_is_none() -> None:
    assert parse_manifest(b"<html>") is None
    assert parse_manifest(b"[]") is None
    assert parse_manifest(b'{"files": [], "format": 2}') is None
