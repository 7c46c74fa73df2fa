"""What an address says of the language of its page."""

from __future__ import annotations

from urllib.parse import parse_qsl

from crawler.portals.model import Portal

LANGUAGES = frozenset({"vi", "en", "vi-vn", "en-us", "pt-pt", "fr", "zh", "ja", "ko", "lo"})
VIETNAMESE = frozenset({"vi", "vi-vn"})
LANGUAGE = frozenset({"lang", "language", "locale", "languageid", "hl"})  # parameters


def is_translation(url: str) -> bool:
    """Whether an address says that its page is not in Vietnamese.

    The language is a folder of its own, first (`/en/tin-tuc`) or below the application's
    (`/web/guest/en/tin-tuc`), or a parameter; the page's own name is none.
    """
    path, _, query = url.lower().partition("://")[2].partition("?")
    folders = path.split("/")[1:]
    named = [folder for folder in folders[:-1] if folder in LANGUAGES]
    if folders and len(folders) == 1 and folders[0] in LANGUAGES:
        named = folders
    named += [value for name, value in parse_qsl(query) if name in LANGUAGE]
    return any(language in LANGUAGES - VIETNAMESE for language in named)


def same_in_languages(url: str, portal: Portal) -> tuple[str, ...]:
    """The addresses of a page under the other languages of its portal's menus."""
    if not portal.language_folders:
        return ()
    scheme, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    first, _, below = path.partition("/")
    here = first if first in portal.language_folders and first else ""
    path = below if here else path
    others = [folder for folder in portal.language_folders if folder != here]
    return tuple(f"{scheme}://{host}/{folder and folder + '/'}{path}" for folder in others)
