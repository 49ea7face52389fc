"""Texts as words."""

import pytest

from digest.labels.text.tokenizer import Style, fold, key_of, text_of


@pytest.mark.parametrize(
    ("raw", "keys"),
    [
        ("Nigeria's army", ["nigeria", "army"]),
        ("Nigeria’s army", ["nigeria", "army"]),
        ("U.S. court", ["us", "court"]),
        ("the U.K.'s farms", ["the", "uk", "farms"]),
        ("Iran-US talks", ["iran", "us", "talks"]),
        ("US-led force", ["us", "led", "force"]),
        ("Côte d'Ivoire", ["cote", "d", "ivoire"]),
        ("São Tomé", ["sao", "tome"]),
        ("Łódź and Tromsø", ["lodz", "and", "tromso"]),
        ("Straße", ["strasse"]),
        ("Covid: what now?", ["covid", ":", "what", "now", "?"]),
        ("£40m for 3 ships", ["£", "40m", "for", "3", "ships"]),
        ("", []),
        (" \t\n", []),
        ("🎉🎉", []),
    ],
)
def test_words(raw: str, keys: list[str]) -> None:
    assert list(text_of(raw).keys) == keys


@pytest.mark.parametrize(
    ("raw", "style"),
    [
        ("President deploys army after new massacre", Style.SENTENCE),
        ("President Deploys Army After New Massacre", Style.TITLE),
        ("PRESIDENT DEPLOYS ARMY", Style.UPPER),
        ("president deploys army", Style.LOWER),
        ("الرئيس ينشر الجيش", Style.UPPER if "ا".isupper() else Style.LOWER),
    ],
)
def test_style(raw: str, style: Style) -> None:
    assert text_of(raw).style is style


def test_forms_and_keys_have_equal_length() -> None:
    text = text_of("Ünïcödé İstanbul ﬁne ǅ words ʼn")
    assert len(text.forms) == len(text.keys)


def test_long_text_is_truncated() -> None:
    assert len(text_of("word " * 5_000).keys) == 80
    assert len(text_of("word " * 5_000, 10).keys) == 10


def test_fold_drops_accents_and_arabic_articles() -> None:
    assert fold("ÉLYSÉE") == "elysee"
    assert fold("السعودية") == fold("سعودية")
    assert fold("والجزائر") == fold("جزائر")


def test_key_of_a_term() -> None:
    assert key_of("Côte d’Ivoire") == "cote d ivoire"
    assert key_of("U.S. Steel") == "us steel"
    assert key_of("—") == ""
