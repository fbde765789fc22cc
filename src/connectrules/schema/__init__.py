"""What a policy may speak of: types, facts, phrases and records."""
