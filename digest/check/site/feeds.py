"""Feed check: feeds are well-formed, and their ids are unique and permanent (Atom, RFC 4287; RSS 2.0; JSON Feed 1.1).

Feed readers show an entry again if its id changes. An id that is the page's URL changes with the headline.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from digest.check.finding import Finding
from digest.check.site.output import Output

ATOM = "{http://www.w3.org/2005/Atom}"


def check_feeds(output: Output, base_url: str) -> Iterator[Finding]:
    """Check all feeds of an output, selected by media type."""
    for file in output.files_of_type("application/atom+xml", "application/rss+xml", "application/feed+json"):
        try:
            ids = list(_ids(output.read(file), is_json=file.endswith(".json")))
        except (ET.ParseError, ValueError) as error:
            yield Finding(code="feed-malformed", file=file, message=f"the feed cannot be read: {error}", hint=_HINT)
            continue
        yield from _id_findings(file, ids, base_url)


_HINT = "correct the template that writes it"


def _ids(text: str, *, is_json: bool) -> Iterator[str]:
    """Yield the id of each entry; empty if it has none."""
    if is_json:
        document: Any = json.loads(text)
        if not isinstance(document, dict) or not str(document.get("version", "")).startswith("https://jsonfeed.org/"):
            raise ValueError("it is not a JSON Feed")
        yield from (str(item.get("id", "")) for item in document["items"])
        return
    root = ET.fromstring(text)  # noqa: S314 - made by the build; expat bounds what entities may become
    if root.tag == f"{ATOM}feed":
        yield from (entry.findtext(f"{ATOM}id", "") for entry in root.iter(f"{ATOM}entry"))
    elif root.tag == "rss":
        yield from (item.findtext("guid", "") for item in root.iter("item"))
    else:
        raise ValueError("the root element is not a feed")


def _id_findings(file: str, ids: list[str], base_url: str) -> Iterator[Finding]:
    hint = "use the page's `id`: it does not change with headline, slug or date"
    for name, times in Counter(ids).items():
        if not name:
            yield Finding(code="feed-id", file=file, message="an entry of the feed has no id", hint=hint)
        elif times > 1:
            yield Finding(code="feed-id", file=file, message=f"{times} entries have the id `{name}`", hint=hint)
        elif name.startswith(base_url):
            yield Finding(code="feed-id", file=file, message=f"the id `{name}` is a URL, which can change", hint=hint)
