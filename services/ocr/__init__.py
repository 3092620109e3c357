"""Stage 2: the words of every page, with box and confidence."""
