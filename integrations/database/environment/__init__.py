"""Where Alembic starts; the migrations themselves are in ../migrations."""
