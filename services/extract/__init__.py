"""Stage 4: the fields of every paper, each with its place on the page."""
