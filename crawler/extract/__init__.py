"""Page → article: decode, find the title, the text, the date and the byline. Pure functions."""
