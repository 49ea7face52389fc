"""Writing to the content folder: pages, and copies of dumps in `content/dumps/`.

`content_folder.ContentFolder` is the only writer of an import. Every file appears complete or not at all. A dry run
writes to a scratch folder and leaves the site as it is.
"""
