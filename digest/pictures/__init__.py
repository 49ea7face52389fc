"""Picture files: read the header of a file, resize a picture, and draw social cards.

`header_of` is imported with the package; `resize.resize` and `social_card.draw_card` need Pillow (the extra `images`)
and must be imported where they are used. Nothing here knows a site, and nothing reads or writes files except fonts.
"""

from digest.pictures.header import PictureHeader, header_of

__all__ = ["PictureHeader", "header_of"]
