"""The trainers' pages: what they do is in `trainer/`."""
