"""Each test really breaks something; afterwards every dossier has arrived or waits for a person with a reason."""
