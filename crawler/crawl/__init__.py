"""The crawl of one portal: which page is next, which links are worth a visit."""
