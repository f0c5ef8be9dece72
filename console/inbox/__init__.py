"""Threads: every one as a line, read, searched, noted on, taken over and answered."""
