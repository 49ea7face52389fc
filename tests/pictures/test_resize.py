"""Resized pictures have no metadata, are upright, and have the same bytes every time."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms

from digest.pictures import header_of
from digest.pictures.resize import ResizedPicture, ResizeOptions, UnreadablePictureError, resize, widths_of
from tests.pictures.files import exif, picture

WANTED = ResizeOptions((40, 80), ("avif", "webp"), "medium")


def made(data: bytes, own: str = "jpeg", wanted: ResizeOptions = WANTED) -> dict[tuple[str, int], ResizedPicture]:
    return {(one.format, one.width): one for one in resize(data, own, wanted)}


@pytest.mark.parametrize(
    ("natural", "wanted", "found"),
    [
        (2000, (480, 960, 1600), (480, 960, 1600)),
        (1000, (480, 960, 1600), (480, 1000)),
        (1100, (480, 960, 1600), (480, 960, 1100)),
        (300, (480, 960), (300,)),
        (300, (), (300,)),
    ],
)
def test_widths_are_not_wider_than_the_picture_nor_close_to_the_maximum(
    natural: int, wanted: tuple[int, ...], found: tuple[int, ...]
) -> None:
    assert widths_of(natural, wanted) == found


def test_every_width_is_made_in_every_format() -> None:
    found = made(picture(100, 50, quality=95))
    assert {key for key in found if key[0] == "jpeg"} == {("jpeg", 40), ("jpeg", 80)}
    for (form, width), one in found.items():
        header = header_of(one.data)
        assert header is not None
        assert (header.format, header.width, header.height) == (form, width, width // 2)


def test_a_format_that_saves_no_bytes_is_left_out() -> None:
    flat = picture(100, 50, "PNG", "L")
    sizes = {form: sum(len(o.data) for k, o in made(flat, "png").items() if k[0] == form) for form in ("png", "webp")}
    assert sizes["webp"] == 0 or sizes["webp"] < sizes["png"]
    assert {key[0] for key in made(picture(100, 50, quality=95), wanted=ResizeOptions((80,), ("jpeg",), "low"))} == {
        "jpeg"
    }


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_metadata_is_removed(form: str) -> None:
    more: dict[str, Any] = {"comment": b"12 Hidden Street"} if form == "JPEG" else {}
    data = picture(100, 50, form, exif=exif(), **more)
    assert b"Hidden Street" in data
    for one in resize(data, form.lower(), WANTED):
        assert b"Hidden" not in one.data
        with Image.open(BytesIO(one.data)) as image:
            assert not image.getexif()
            assert "icc_profile" not in image.info


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_the_exif_rotation_is_applied(orientation: int) -> None:
    data = picture(100, 50, exif=exif(orientation))
    stands = header_of(data)
    assert stands is not None
    for one in resize(data, "jpeg", WANTED):
        found = header_of(one.data)
        assert found is not None
        assert (found.width > found.height) is (stands.width > stands.height)


def test_the_colour_profile_is_applied() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert made(picture(100, 50, icc_profile=lab)).keys() == made(picture(100, 50)).keys()
    assert made(picture(100, 50, icc_profile=b"no profile at all"))


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_all_jpeg_modes_can_be_resized(mode: str) -> None:
    assert made(picture(100, 50, "JPEG", mode))


def test_transparency_is_kept() -> None:
    file, image = BytesIO(), Image.new("RGB", (100, 50), "red")
    image.putalpha(Image.linear_gradient("L").resize((100, 50)))
    image.save(file, "PNG")
    for one in resize(file.getvalue(), "png", WANTED):
        with Image.open(BytesIO(one.data)) as found:
            assert found.has_transparency_data


def test_animations_are_not_resized() -> None:
    file, frames = BytesIO(), [Image.new("RGB", (100, 50), colour) for colour in ("red", "blue")]
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    assert resize(file.getvalue(), "png", WANTED) == ()
    assert resize(picture(100, 50, "GIF"), "gif", WANTED) == ()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_a_truncated_picture_is_an_error(form: str) -> None:
    data = picture(200, 200, form, "RGB")
    with pytest.raises(UnreadablePictureError):
        resize(data[: len(data) // 2], form.lower(), WANTED)


def test_a_file_of_another_format_is_an_error() -> None:
    with pytest.raises(UnreadablePictureError):
        resize(picture(100, 50, "PNG"), "jpeg", WANTED)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_equal_pictures_give_equal_bytes(form: str) -> None:
    data = picture(120, 90, form)
    assert resize(data, form.lower(), WANTED) == resize(data, form.lower(), WANTED)
