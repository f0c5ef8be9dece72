"""Settings, wiring, jobs, logs and the command line."""
