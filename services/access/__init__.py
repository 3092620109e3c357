"""Who may: accounts, roles, units, tokens, policies, audit."""
