"""What is published: a checked snapshot, its files, the changes since the last one."""
