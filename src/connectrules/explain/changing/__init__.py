"""What values a fact could have instead, and which of them is the nearest."""
