"""The catalogue's pages: what the clinic does, what it costs, and what the bot says of it."""
