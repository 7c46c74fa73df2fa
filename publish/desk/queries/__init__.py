"""What a page of the desk asks the archive; SQL and rows, no HTML."""
