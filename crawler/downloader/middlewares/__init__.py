"""What stands between the crawl and the network, one concern a module."""
