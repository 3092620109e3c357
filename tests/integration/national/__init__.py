"""A stand-in of the national portal that checks the form."""
