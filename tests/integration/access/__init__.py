"""Who may what: policies over HTTP, the wall in the database, sign-in."""
