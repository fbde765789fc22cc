"""The exact verdict, where Kleene logic leaves a doubt."""
