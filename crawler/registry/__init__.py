"""All portals: who owns an address, sites nobody described, drafts of spiders."""
