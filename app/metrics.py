"""Figures for Prometheus. The database is asked at the moment of scraping; nothing personal."""

import time
from collections.abc import Iterable

from flask import Response, g, request
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from conversations.tables import ConversationRow, HandoffRow, MessageRow
from integrations.database import Database

_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0)


class Metrics:
    """The figures of one web application."""

    def __init__(self, database: Database) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Stored(database))
        self._seconds = Histogram(
            "consulta_request_seconds",
            "How long requests took, by route.",
            ("endpoint", "status"),
            buckets=_BUCKETS,
            registry=self._registry,
        )

    def count_request(self, response: Response) -> Response:
        """Notes a request by its route's name, never by its address."""
        began = g.get("began")
        if began is not None:
            endpoint = request.endpoint or "none"
            took = time.monotonic() - began
            self._seconds.labels(endpoint, str(response.status_code)).observe(took)
        return response

    def text(self) -> bytes:
        """All figures as Prometheus reads them."""
        return generate_latest(self._registry)


class _Stored(Collector):
    """What the database holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> Iterable[Metric]:
        return ()  # nothing is asked of the database before the first scrape

    def collect(self) -> Iterable[Metric]:
        messages = GaugeMetricFamily(
            "consulta_messages",
            "Messages kept, by channel, direction and state (turns are the inbound ones).",
            labels=("channel", "direction", "state"),
        )
        conversations = GaugeMetricFamily(
            "consulta_conversations", "Conversations, by who answers.", labels=("state",)
        )
        handoffs = GaugeMetricFamily(
            "consulta_open_handoffs", "What nobody has seen to yet.", labels=("kind",)
        )
        columns = (MessageRow.channel, MessageRow.direction, MessageRow.state)
        with self._database.read() as session:
            for *labels, count in session.execute(
                select(*columns, func.count()).group_by(*columns)
            ):
                messages.add_metric([str(label) for label in labels], count)
            state = ConversationRow.state
            for label, count in session.execute(select(state, func.count()).group_by(state)):
                conversations.add_metric([label], count)
            kind = HandoffRow.kind
            unsolved = select(kind, func.count()).where(HandoffRow.closed_at.is_(None))
            for label, count in session.execute(unsolved.group_by(kind)):
                handoffs.add_metric([label], count)
        return (messages, conversations, handoffs)
