"""Stage 1: what is this file, may it come in, how many pages has it."""
