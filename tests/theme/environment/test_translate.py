"""The function `t`."""

import pytest
from babel import Locale
from jinja2 import UndefinedError
from markupsafe import Markup

from digest.theme.environment.translate import Translator
from digest.theme.strings import Message, fallback_languages, parse_strings

STRINGS: dict[str, Message] = {
    "plain": "Read <more>",
    "by": "By {name} & co",
    "two": "{a}{b}, {a}",
    "entries": {"one": "{count} entry", "other": "{count} entries"},
    "waves": {"zero": "none", "one": "one", "two": "two", "few": "few {count}", "many": "many", "other": "other"},
    "braces": "{ } {not a slot} {}",
}


def _words(language: str = "en") -> Translator:
    return Translator(STRINGS, Locale.parse(language))


def test_a_string_without_placeholders_is_returned_unchanged() -> None:
    assert _words()("plain") == "Read <more>"
    assert not isinstance(_words()("plain"), Markup)


def test_values_replace_placeholders() -> None:
    assert _words()("two", a="x", b="y") == "xy, x"
    assert _words()("by", name="{a} <b>") == "By {a} <b> & co"


def test_only_names_in_braces_are_placeholders() -> None:
    assert _words()("braces") == "{ } {not a slot} {}"


def test_a_markup_value_makes_the_result_markup() -> None:
    said = _words()("by", name=Markup("<b>M. Osei</b>"))
    assert isinstance(said, Markup)
    assert said == "By <b>M. Osei</b> &amp; co"


def test_text_next_to_markup_is_escaped() -> None:
    assert _words()("two", a=Markup("<i>"), b="<script>") == "<i>&lt;script&gt;, <i>"


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [("en", 1, "1 entry"), ("en", 0, "0 entries"), ("en", 1234, "1,234 entries"), ("de", 1234, "1.234 entries")],
)
def test_numbers_and_plurals_follow_the_language(language: str, count: int, said: str) -> None:
    assert _words(language)("entries", count=count) == said


@pytest.mark.parametrize(("count", "said"), [(0, "none"), (1, "one"), (2, "two"), (3, "few 3"), (11, "many")])
def test_a_language_may_have_six_plurals(count: int, said: str) -> None:
    assert _words("ar")("waves", count=count) == said


@pytest.mark.parametrize(
    ("key", "values", "message"),
    [
        ("plian", {}, "the theme has no string `plian`\ndid you mean `plain`?"),
        ("by", {}, 'the string `by` needs a value for `name`\nwrite t("by", name=…)'),
        ("entries", {}, 'the string `entries` needs a value for `count`\nwrite t("entries", count=…)'),
        ("entries", {"count": "two"}, 'the string `entries` needs a value for `count`\nwrite t("entries", count=…)'),
    ],
)
def test_unknown_keys_and_missing_values_are_errors(key: str, values: dict[str, object], message: str) -> None:
    with pytest.raises(UndefinedError) as caught:
        _words()(key, **values)
    assert str(caught.value) == message


def test_tables_group_keys_and_plural_forms_are_one_message() -> None:
    text = 'a = "A"\nnav.b = "B"\n[nav.deep]\nc = "C"\n[entries]\none = "1"\nother = "n"\n[other]\nd = "D"\n'
    strings, issues = parse_strings(text, "en.toml")
    assert not issues
    plural = {"one": "1", "other": "n"}
    assert strings == {"a": "A", "nav.b": "B", "nav.deep.c": "C", "entries": plural, "other.d": "D"}


@pytest.mark.parametrize(
    ("language", "nearest"),
    [("en", ("en",)), ("pt-BR", ("pt-BR", "pt", "en")), ("zh-Hant-TW", ("zh-Hant-TW", "zh-Hant", "zh", "en"))],
)
def test_fallback_languages_end_with_english(language: str, nearest: tuple[str, ...]) -> None:
    assert fallback_languages(language) == nearest
