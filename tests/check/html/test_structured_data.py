"""JSON-LD against the terms of schema.org."""

import json
from typing import Any

import pytest

from tests.check.looking import found_in

ORGANIZATION = {"@type": "NewsMediaOrganization", "name": "The Post", "url": "https://post.example/"}
ARTICLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Rain",
    "datePublished": "2026-03-12T09:30:00+01:00",
    "author": {"@type": "Person", "name": "A. Writer"},
    "publisher": ORGANIZATION,
}


def said(data: object) -> list[tuple[str, str]]:
    """What is wrong with JSON-LD."""
    text = data if isinstance(data, str) else json.dumps(data)
    return [(f.code, f.message) for f in found_in(f'<script type="application/ld+json">{text}</script>')]


def test_a_whole_article_is_right() -> None:
    assert said(ARTICLE) == []
    assert said({"@context": "https://schema.org", "@graph": [ARTICLE, ORGANIZATION]}) == []


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"@type": "NewArticle"}, "data-term", "`NewArticle` is no type that is known here"),
        ({"headlin": "Rain"}, "data-term", "a `NewsArticle` has no property `headlin`"),
        ({"masthead": "x"}, "data-term", "a `NewsArticle` has no property `masthead`"),
        ({"datePublished": "12 March"}, "data-term", '`datePublished` of a `NewsArticle` cannot be "12 March"'),
        ({"wordCount": "many"}, "data-term", '`wordCount` of a `NewsArticle` cannot be "many"'),
        ({"headline": ""}, "data-term", '`headline` of a `NewsArticle` cannot be ""'),
        ({"publisher": {"@type": "Organization"}}, "data-missing", "a `Organization` without `name`"),
        ({"@context": "https://example.org"}, "data-malformed", "the JSON-LD does not say that its terms are those"),
    ],
)
def test_what_schema_org_does_not_have(change: dict[str, Any], code: str, message: str) -> None:
    ((found, text),) = said(ARTICLE | change)
    assert (found, text[: len(message)]) == (code, message)


def test_what_search_engines_ask_for() -> None:
    without = {name: value for name, value in ARTICLE.items() if name != "headline"}
    assert said(without) == [("data-missing", "a `NewsArticle` without `headline`")]


def test_a_value_of_many_is_looked_at_one_by_one() -> None:
    author = [{"@type": "Person", "name": "A"}, {"@type": "Persona", "name": "B"}]
    assert said(ARTICLE | {"author": author}) == [("data-term", "`Persona` is no type that is known here")]


def test_what_is_no_json() -> None:
    ((code, _),) = said("{,}")
    assert code == "data-malformed"
    assert said("[1]")[0][0] == "data-malformed"
