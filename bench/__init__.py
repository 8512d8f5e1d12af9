"""Benchmarks: the real app, a real browser, this machine's own numbers."""
