"""The fewest changes of facts that bring a decision."""
