"""The agenda, and what the desk does with visits."""
