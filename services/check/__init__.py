"""Stage 5: what is missing or contradicts, in one full list."""
