"""Outside systems behind the clinic's ports: one adapter each, rows never leave this room."""
