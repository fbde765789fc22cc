"""What tests of policies show, as people and programs read it."""
