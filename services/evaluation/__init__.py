"""How good the reading is: labelled dossiers against what was read of them, as figures with intervals."""
