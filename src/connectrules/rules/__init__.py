"""What a rule means, for anyone: the tree, the phrase book and the primitives."""
