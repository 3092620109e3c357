"""A page made easier to read, step by step; every step is pure and taken only where cheap measures call for it."""
