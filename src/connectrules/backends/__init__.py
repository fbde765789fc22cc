"""What conditions become: one file a backend, none of which knows another."""
