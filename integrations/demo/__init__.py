"""The demo clinic *Clínica Aurora*: its places, people, prices and a cast of patients."""

from integrations.demo.seed import seed_demo, seed_places

__all__ = ["seed_demo", "seed_places"]
