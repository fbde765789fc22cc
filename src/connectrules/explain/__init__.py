"""What made a verdict."""
