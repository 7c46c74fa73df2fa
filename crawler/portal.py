"""For spiders written before the house was built: PortalSpider is in crawler.crawl."""

from crawler.crawl.portal_spider import PortalSpider

__all__ = ["PortalSpider"]
