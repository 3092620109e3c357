"""What moves: the dossier, its documents, pages, fields and findings. Pure: no IO, time passed in."""
