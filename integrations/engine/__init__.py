"""The dialogue engine, reached over HTTP; nothing of it is imported."""

from integrations.engine.client import HttpEngine

__all__ = ["HttpEngine"]
