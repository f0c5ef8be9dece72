"""The clinic's rules: standard library only, no I/O, the time passed in."""
