"""Keeps the simulator to this machine: a tool for trying, never a door."""

from urllib.parse import urlsplit

from flask import Request, abort, request

from simulator.twilio import is_loopback


def check_local() -> None:
    """Refuses (403) whoever is not on this machine, and names that were rebound to it."""
    if not is_loopback(request.remote_addr) or not is_loopback(_host(request)):
        abort(403, "the simulator answers this machine only")


def check_same_origin() -> None:
    """Refuses (403) a request that another site's page made the browser send."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site not in {"same-origin", "none"}:
        abort(403, "the request comes from another site")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403, "the request comes from another site")
    if request.method == "POST" and not request.is_json:
        abort(415, "the body must be JSON")


def _host(incoming: Request) -> str:
    return urlsplit(f"//{incoming.host}").hostname or ""
