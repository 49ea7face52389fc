"""JSON-LD is checked against the types and properties of schema.org."""

import json
from typing import Any

import pytest

from tests.check.pages import found_in

ORGANIZATION = {"@type": "NewsMediaOrganization", "name": "The Post", "url": "https://post.example/"}
ARTICLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Rain",
    "datePublished": "2026-03-12T09:30:00+01:00",
    "author": {"@type": "Person", "name": "A. Writer"},
    "publisher": ORGANIZATION,
}


def findings(data: object) -> list[tuple[str, str]]:
    """Return the codes and messages for JSON-LD."""
    text = data if isinstance(data, str) else json.dumps(data)
    return [(f.code, f.message) for f in found_in(f'<script type="application/ld+json">{text}</script>')]


def test_a_complete_article_has_no_finding() -> None:
    assert findings(ARTICLE) == []
    assert findings({"@context": "https://schema.org", "@graph": [ARTICLE, ORGANIZATION]}) == []


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"@type": "NewArticle"}, "data-term", "`NewArticle` is not a known type of schema.org"),
        ({"headlin": "Rain"}, "data-term", "`NewsArticle` has no property `headlin`"),
        ({"masthead": "x"}, "data-term", "`NewsArticle` has no property `masthead`"),
        ({"datePublished": "12 March"}, "data-term", '`datePublished` of `NewsArticle` cannot be "12 March"'),
        ({"wordCount": "many"}, "data-term", '`wordCount` of `NewsArticle` cannot be "many"'),
        ({"headline": ""}, "data-term", '`headline` of `NewsArticle` cannot be ""'),
        ({"publisher": {"@type": "Organization"}}, "data-missing", "`Organization` needs the property `name`"),
        ({"@context": "https://example.org"}, "data-malformed", "the JSON-LD does not have the context"),
    ],
)
def test_unknown_types_and_properties(change: dict[str, Any], code: str, message: str) -> None:
    ((found, text),) = findings(ARTICLE | change)
    assert (found, text[: len(message)]) == (code, message)


def test_required_properties() -> None:
    without = {name: value for name, value in ARTICLE.items() if name != "headline"}
    assert findings(without) == [("data-missing", "`NewsArticle` needs the property `headline`")]


def test_each_value_of_a_list_is_checked() -> None:
    author = [{"@type": "Person", "name": "A"}, {"@type": "Persona", "name": "B"}]
    assert findings(ARTICLE | {"author": author}) == [("data-term", "`Persona` is not a known type of schema.org")]


def test_invalid_json() -> None:
    ((code, _),) = findings("{,}")
    assert code == "data-malformed"
    assert findings("[1]")[0][0] == "data-malformed"
