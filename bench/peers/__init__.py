"""What others would build in an afternoon with the same network, to be measured beside this project."""
