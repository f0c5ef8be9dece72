"""Who may enter, what each role opens, and what is noted of it."""
