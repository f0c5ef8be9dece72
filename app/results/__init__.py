"""How patients get their results: a link by message, a one-time code, and a page of ours."""

from app.results.links import phone_of, send_link
from app.results.pages import create_results_pages

__all__ = ["create_results_pages", "phone_of", "send_link"]
