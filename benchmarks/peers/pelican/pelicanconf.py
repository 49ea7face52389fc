# Settings of the site for Pelican. What it makes by itself is switched off: the plug-in makes the lists.
import json
from pathlib import Path

SITE = json.loads(Path(__file__).with_name("site.json").read_text("utf-8"))
SITENAME, SITEURL = SITE["title"], SITE["base_url"].rstrip("/")
PATH, OUTPUT_PATH, THEME = "content", "output", "theme"
TIMEZONE, DEFAULT_LANG = "UTC", "en"
ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
DIRECT_TEMPLATES: list[str] = []
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = TAG_SAVE_AS = ARCHIVES_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
STATIC_PATHS: list[str] = []
PLUGIN_PATHS, PLUGINS = ["."], ["lists"]
MARKDOWN = {"extensions": ["markdown.extensions.tables", "markdown.extensions.fenced_code", "markdown.extensions.meta"], "output_format": "html"}
JINJA_ENVIRONMENT = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True, "extensions": []}
TYPOGRIFY = False
SUMMARY_MAX_LENGTH = 0
THEME_STATIC_DIR = "assets"
DEFAULT_CATEGORY = "news"
USE_FOLDER_AS_CATEGORY = False
FORMATTED_FIELDS: list[str] = []
CACHE_CONTENT, LOAD_CONTENT_CACHE, DELETE_OUTPUT_DIRECTORY = False, False, False
