"""`python -m app.cli` is `consulta`."""

from app.cli import main

main()
