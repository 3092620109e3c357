"""Where it rests: the database and the object store."""
