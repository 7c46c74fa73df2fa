"""What an administrative document says of itself, by the form that it is drawn up in."""
