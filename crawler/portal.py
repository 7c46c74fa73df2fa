"""The earlier place of PortalSpider, for spiders that import it from here."""

from crawler.crawl.portal_spider import PortalSpider

__all__ = ["PortalSpider"]
