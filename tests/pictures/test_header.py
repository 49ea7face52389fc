"""Picture headers of every format; random bytes raise no exception."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.pictures import PictureHeader, header_of
from tests.pictures.files import exif, picture

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")


@pytest.mark.parametrize("form", FORMATS)
def test_size_of_each_format(form: str) -> None:
    assert header_of(picture(70, 30, form)) == PictureHeader(form.lower(), 70, 30)


@pytest.mark.parametrize(("mode", "more"), [("RGB", {"lossless": True}), ("RGBA", {}), ("RGB", {"quality": 10})])
def test_size_of_the_three_webp_headers(mode: str, more: dict[str, Any]) -> None:
    assert header_of(picture(70, 30, "WEBP", mode, **more)) == PictureHeader("webp", 70, 30)


@pytest.mark.parametrize("more", [{}, {"progressive": True}, {"comment": b"\xff" * 40}, {"restart_marker_blocks": 1}])
def test_jpeg_size_after_other_segments(more: dict[str, Any]) -> None:
    assert header_of(picture(70, 30, **more)) == PictureHeader("jpeg", 70, 30)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_rotated_picture_has_swapped_width_and_height(orientation: int) -> None:
    found = header_of(picture(70, 30, exif=exif(orientation)))
    assert found == (PictureHeader("jpeg", 30, 70) if orientation > 4 else PictureHeader("jpeg", 70, 30))


def test_other_files_have_no_header() -> None:
    starts = (b"", b"GIF89a", b"<svg/>", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF1234WEBPVP9 ", b"1234ftypavif")
    for data in starts:
        assert header_of(data) is None
    assert header_of(b"GIF89a\0\0\0\0") is None, "no pixels are no picture"


@given(form=st.sampled_from(FORMATS), cut=st.integers(0, 400), spoilt=st.binary(max_size=6), at=st.integers(0, 200))
def test_random_bytes_raise_no_exception(form: str, cut: int, spoilt: bytes, at: int) -> None:
    data = bytearray(WHOLE[form])
    data[at : at + len(spoilt)] = spoilt
    header_of(bytes(data[:cut]))


WHOLE = {form: picture(20, 10, form) for form in FORMATS} | {"JPEG": picture(20, 10, exif=exif(6))}
