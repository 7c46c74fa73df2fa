"""Many machines as one: groups of portals dealt to workers, their shards in a store, one archive."""
