"""Pure pieces of the pages."""
