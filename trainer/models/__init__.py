"""From what was written to what answers: train, measure, compare, publish, and back."""
