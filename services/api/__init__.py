"""The status API: dossiers, stages, on-time figures, officer actions."""
