"""The pictures of an entry as readers see them: what a page names, with what is known of the files."""

from collections.abc import Iterable, Mapping

import msgspec

from digest.model import Entry, Image
from digest.site.cards import BodyPicture, Picture

Pictures = Mapping[str, Picture]
"""What is known of picture files, by the path that pages name; one that cannot be shown is not there."""


def image_of(entry: Entry) -> Image | None:
    """The picture of an entry: the newest version's that has one."""
    items = (entry.latest, entry.text, *reversed(entry.versions), entry.root)
    return next((item.image for item in items if item.image), None)


def picture_of(image: Image | None, pictures: Pictures) -> Picture | None:
    """A picture, described; None when there is none or it cannot be shown."""
    if image is None:
        return None
    if not image.path:
        return Picture(url=image.src, width=0, height=0, alt=image.alt, credit=image.credit)
    found = pictures.get(image.path)
    return msgspec.structs.replace(found, alt=image.alt, credit=image.credit) if found else None


def body_pictures(images: Iterable[Image], pictures: Pictures) -> tuple[BodyPicture, ...]:
    """The pictures in a body that stand on this site."""
    return tuple(BodyPicture(src=i.src, picture=pictures.get(i.path)) for i in images if i.path)


def paths_of(entry: Entry, pictures: Pictures) -> tuple[str, ...]:
    """The paths of the pictures that an entry shows."""
    own = image_of(entry)
    images = (own, *entry.text.images) if own else entry.text.images
    return tuple(dict.fromkeys(i.path for i in images if i.path in pictures))
