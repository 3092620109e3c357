"""The national public-service portal: a dossier's state in its field names, told to it until it knows."""
