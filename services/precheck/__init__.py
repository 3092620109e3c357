"""A dossier looked at before it is handed in: files in, papers with fields and what is missing out, nothing kept."""
