"""What the route model is taught: one file a route, one example a line, `{a|b}` for any of these."""
