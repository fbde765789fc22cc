"""Speed, as ratios against code written by hand and run beside it."""
