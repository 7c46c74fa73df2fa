"""Scrapy's downloader: the handler of requests, TLS, name resolution."""
