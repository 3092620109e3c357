"""Stage 3: which papers these are and which procedure they belong to."""
