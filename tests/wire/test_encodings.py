"""Which encoding a dump is found to be in, and what is no text."""

import codecs

import pytest

from digest.wire import BytesSource
from digest.wire.encodings import Encoding, binary_kind, encoding_of, is_usable_codec

BRIEF = "-\nCafé owners’ strike – day two\n"
CYRILLIC = "-\nСадоводы подсчитывают убытки после третьей морозной ночи подряд\n"
CHINESE = "-\n港口大桥因维修关闭至春季末\n"


def found(data: bytes, chosen: str | None = None) -> Encoding:
    """The encoding of some bytes."""
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
def test_the_encodings_of_western_dumps(codec: str, expected: Encoding) -> None:
    assert found((BRIEF * 20).encode(codec)) == expected


@pytest.mark.parametrize(
    ("mark", "codec", "unit"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le", 2),
        (codecs.BOM_UTF16_BE, "utf-16-be", 2),
        (codecs.BOM_UTF32_LE, "utf-32-le", 4),
        (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    ],
)
def test_a_byte_order_mark_settles_it(mark: bytes, codec: str, unit: int) -> None:
    assert found(mark + CHINESE.encode(codec)) == Encoding(codec=codec, bom_bytes=len(mark), unit_bytes=unit)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_of_another_script_needs_no_mark(codec: str) -> None:
    assert found((CHINESE * 20).encode(codec)).codec == codec


def test_ascii_and_nothing_are_utf8() -> None:
    assert found(b"") == found(b"-\nTalks began\n") == Encoding(codec="utf-8")


def test_a_nul_does_not_make_utf16() -> None:
    assert found(b"-\nTalks\0began today in the harbour\n").codec == "utf-8"


def test_utf8_with_a_later_fault_is_utf8() -> None:
    assert found("café ".encode() + b"caf\xe9 \x93no\x94") == Encoding(codec="utf-8")


def test_utf8_with_an_earlier_fault_is_utf8_if_the_rest_is_sound() -> None:
    assert found(b"caf\xe9 " + ("é" * 5).encode()) == Encoding(codec="utf-8")


def test_a_fault_is_found_however_late_it_comes() -> None:
    assert found(b"Talks began.\n" * 200_000 + "Café".encode("cp1252")).codec == "cp1252"


def test_a_character_across_two_reads_is_no_fault() -> None:
    for ahead in ((1 << 20) - 1, (1 << 20) - 2):
        assert found(b"a" * ahead + "’ and no more".encode()) == Encoding(codec="utf-8")


def test_letters_of_the_west_stand_alone() -> None:
    assert found("Größenwahn, à côté, ação, «ñandú»".encode("cp1252")) == Encoding(codec="cp1252")


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r"])
def test_another_script_is_guessed(codec: str) -> None:
    guess = found((CYRILLIC * 5).encode(codec))
    assert guess == Encoding(codec=guess.codec, is_guess=True)
    assert CYRILLIC.encode(codec).decode(guess.codec) == CYRILLIC


def test_what_nobody_can_guess_is_cp1252() -> None:
    assert found(bytes(range(128, 256)) * 3) == Encoding(codec="cp1252", is_guess=True)


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
def test_what_the_caller_says_is_obeyed_if_it_can_be(chosen: str, data: bytes, expected: Encoding) -> None:
    assert found(data, chosen) == expected


@pytest.mark.parametrize("codec", ["utf-8", "UTF8", "cp1252", "shift_jis", "gb18030", "koi8-r", "utf-16", "utf-32-be"])
def test_a_usable_codec(codec: str) -> None:
    assert is_usable_codec(codec)


@pytest.mark.parametrize(
    "codec", ["", "klingon", "rot13", "hex", "idna", "punycode", "undefined", "cp037", "a\0b", "hz"]
)
def test_a_codec_that_reads_no_lines(codec: str) -> None:
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
def test_what_is_no_text(data: bytes, kind: str) -> None:
    assert binary_kind(BytesSource(data)) == kind
