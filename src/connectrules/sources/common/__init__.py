"""What the formats share: files, places, values and the load report."""
