"""Pictures of an entry: the images that a page names, with the size and formats of their files."""

from collections.abc import Iterable, Mapping

import msgspec

from digest.model import Entry, Image
from digest.site.cards import BodyPicture, Picture

Pictures = Mapping[str, Picture]
"""Pictures by the path that pages name. Pictures that cannot be shown are missing."""


def image_of(entry: Entry) -> Image | None:
    """Return the picture of the newest version that has one."""
    items = (entry.latest, entry.text, *reversed(entry.versions), entry.root)
    return next((item.image for item in items if item.image), None)


def picture_of(image: Image | None, pictures: Pictures) -> Picture | None:
    """Return the picture with its text and credit, or None if it is missing or cannot be shown."""
    if image is None:
        return None
    if not image.path:
        return Picture(url=image.src, width=0, height=0, alt=image.alt, credit=image.credit)
    found = pictures.get(image.path)
    return msgspec.structs.replace(found, alt=image.alt, credit=image.credit) if found else None


def body_pictures(images: Iterable[Image], pictures: Pictures) -> tuple[BodyPicture, ...]:
    """Return the pictures of a body that are files of this site."""
    return tuple(BodyPicture(src=i.src, picture=pictures.get(i.path)) for i in images if i.path)


def paths_of(entry: Entry, pictures: Pictures) -> tuple[str, ...]:
    """Return the paths of an entry's pictures."""
    own = image_of(entry)
    images = (own, *entry.text.images) if own else entry.text.images
    return tuple(dict.fromkeys(i.path for i in images if i.path in pictures))
