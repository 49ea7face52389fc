"""Detection of encodings and of binary files."""

import codecs

import pytest

from digest.wire import BytesSource
from digest.wire.encodings import Encoding, binary_kind, encoding_of, is_usable_codec

BRIEF = "-\nCafé owners’ strike – day two\n"
CYRILLIC = "-\nСадоводы подсчитывают убытки после третьей морозной ночи подряд\n"
CHINESE = "-\n港口大桥因维修关闭至春季末\n"


def detect(data: bytes, chosen: str | None = None) -> Encoding:
    """Return the detected encoding."""
    return encoding_of(BytesSource(data), chosen)


@pytest.mark.parametrize(
    ("codec", "expected"),
    [
        ("utf-8", Encoding(codec="utf-8")),
        ("utf-8-sig", Encoding(codec="utf-8", bom_bytes=3)),
        ("cp1252", Encoding(codec="cp1252")),
        ("utf-16-le", Encoding(codec="utf-16-le", unit_bytes=2)),
        ("utf-16-be", Encoding(codec="utf-16-be", unit_bytes=2)),
    ],
)
def test_encodings_of_western_text(codec: str, expected: Encoding) -> None:
    assert detect((BRIEF * 20).encode(codec)) == expected


@pytest.mark.parametrize(
    ("mark", "codec", "unit"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le", 2),
        (codecs.BOM_UTF16_BE, "utf-16-be", 2),
        (codecs.BOM_UTF32_LE, "utf-32-le", 4),
        (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    ],
)
def test_a_byte_order_mark_wins(mark: bytes, codec: str, unit: int) -> None:
    assert detect(mark + CHINESE.encode(codec)) == Encoding(codec=codec, bom_bytes=len(mark), unit_bytes=unit)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_in_another_script(codec: str) -> None:
    assert detect((CHINESE * 20).encode(codec)).codec == codec


def test_ascii_and_empty_input_are_utf8() -> None:
    assert detect(b"") == detect(b"-\nTalks began\n") == Encoding(codec="utf-8")


def test_a_single_nul_is_not_utf16() -> None:
    assert detect(b"-\nTalks\0began today in the harbour\n").codec == "utf-8"


def test_utf8_with_a_later_error_is_utf8() -> None:
    assert detect("café ".encode() + b"caf\xe9 \x93no\x94") == Encoding(codec="utf-8")


def test_utf8_with_an_early_error_is_utf8_if_the_rest_is_valid() -> None:
    assert detect(b"caf\xe9 " + ("é" * 5).encode()) == Encoding(codec="utf-8")


def test_the_first_non_ascii_bytes_may_come_late() -> None:
    assert detect(b"Talks began.\n" * 200_000 + "Café".encode("cp1252")).codec == "cp1252"


def test_a_character_across_two_blocks_is_no_error() -> None:
    for ahead in ((1 << 20) - 1, (1 << 20) - 2):
        assert detect(b"a" * ahead + "’ and no more".encode()) == Encoding(codec="utf-8")


def test_isolated_accented_letters_are_cp1252() -> None:
    assert detect("Größenwahn, à côté, ação, «ñandú»".encode("cp1252")) == Encoding(codec="cp1252")


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r"])
def test_other_scripts_are_guessed(codec: str) -> None:
    guess = detect((CYRILLIC * 5).encode(codec))
    assert guess == Encoding(codec=guess.codec, is_guess=True)
    assert CYRILLIC.encode(codec).decode(guess.codec) == CYRILLIC


def test_the_last_resort_is_cp1252() -> None:
    assert detect(bytes(range(128, 256)) * 3) == Encoding(codec="cp1252", is_guess=True)


@pytest.mark.parametrize(
    ("chosen", "data", "expected"),
    [
        ("cp1251", CYRILLIC.encode("cp1251"), Encoding(codec="cp1251")),
        ("latin-1", "é".encode("latin-1"), Encoding(codec="iso8859-1")),
        ("UTF8", codecs.BOM_UTF8 + b"a", Encoding(codec="utf-8", bom_bytes=3)),
        ("utf-8-sig", codecs.BOM_UTF8 + b"a", Encoding(codec="utf-8", bom_bytes=3)),
        ("utf-16", "é".encode("utf-16-be"), Encoding(codec="utf-16-le", unit_bytes=2)),
        (
            "utf-16",
            codecs.BOM_UTF16_BE + "é".encode("utf-16-be"),
            Encoding(codec="utf-16-be", bom_bytes=2, unit_bytes=2),
        ),
        ("utf-16-le", "é".encode("utf-16-le"), Encoding(codec="utf-16-le", unit_bytes=2)),
        (
            "utf-32",
            codecs.BOM_UTF32_LE + "é".encode("utf-32-le"),
            Encoding(codec="utf-32-le", bom_bytes=4, unit_bytes=4),
        ),
        ("cp1252", codecs.BOM_UTF8 + b"a", Encoding(codec="cp1252")),
        ("klingon", b"a", Encoding(codec="utf-8")),
    ],
)
def test_a_usable_choice_wins(chosen: str, data: bytes, expected: Encoding) -> None:
    assert detect(data, chosen) == expected


@pytest.mark.parametrize("codec", ["utf-8", "UTF8", "cp1252", "shift_jis", "gb18030", "koi8-r", "utf-16", "utf-32-be"])
def test_usable_codecs(codec: str) -> None:
    assert is_usable_codec(codec)


@pytest.mark.parametrize(
    "codec", ["", "klingon", "rot13", "hex", "idna", "punycode", "undefined", "cp037", "a\0b", "hz"]
)
def test_unusable_codecs(codec: str) -> None:
    assert not is_usable_codec(codec)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n-\nTalks began\n", "a PDF"),
        (b"PK\x03\x04" + b"a" * 100, "a ZIP archive or an office document"),
        (b"{\\rtf1 Talks began}", "an RTF document"),
        (b"\xff\xd8\xff\xe0" + b"a" * 100, "a picture"),
        (bytes(range(256)) * 4, "a binary file"),
        (b"\0" * 100, "a binary file"),
        (b"ab\0\0" * 100, "a binary file"),
        (BRIEF.encode(), ""),
        (BRIEF.encode("utf-16-le"), ""),
        (BRIEF.encode("utf-16"), ""),
        (CHINESE.encode("utf-32"), ""),
        (b"\x01\x02Talks began\x03" + b"-\nTalks began\n" * 10, ""),
        (b"", ""),
    ],
)
def test_binary_kinds(data: bytes, kind: str) -> None:
    assert binary_kind(BytesSource(data)) == kind
