"""What articles carry: the queue of files, what was kept of them, what was read in them."""
