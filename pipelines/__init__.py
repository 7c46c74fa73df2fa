"""What happens to a page once it is read, one step a module, in ITEM_PIPELINES' order."""
