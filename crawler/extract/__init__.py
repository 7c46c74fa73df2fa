"""Page → article: decode, find the title, the text, the date and the byline. Pure functions."""

from crawler.extract.reading import read_page

__all__ = ["read_page"]
