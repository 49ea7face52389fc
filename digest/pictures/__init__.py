"""Picture files: what they are by their first bytes, and the smaller ones that are made of them.

Nothing here knows a site. Making smaller ones needs Pillow, the extra `images`; it is imported only when one is made.
"""

from digest.pictures.header import PictureHeader, header_of

__all__ = ["PictureHeader", "header_of"]
