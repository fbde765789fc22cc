"""One contact at a time: conditions as generated Python."""
