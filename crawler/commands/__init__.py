"""`scrapy …`: the project's own commands, one module each."""
