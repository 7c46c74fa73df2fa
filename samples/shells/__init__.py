"""The frames around sample articles, one per real system."""
