"""Pages: citizen portal, officer's workbench, leaders' board."""
