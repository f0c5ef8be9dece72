"""The staff's web app: the agenda, the threads with patients, and who waits for a person."""
