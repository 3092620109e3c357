"""Messages go out to real servers."""
