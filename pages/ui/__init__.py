"""What the pages are built from."""
