"""Patients' answers about their visits, kept in the database."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from clinic.feedback import Feedback
from integrations.database import Database
from integrations.tables import FeedbackRow


class DatabaseFeedbacks:
    """`clinic.ports.Feedbacks` over a table of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, feedback: Feedback) -> bool:
        """Keeps a score, or corrects it in the conversation that gave it; False for any other."""
        correcting = (
            update(FeedbackRow)
            .where(
                FeedbackRow.visit_id == feedback.visit_id,
                FeedbackRow.conversation_id == feedback.conversation_id,
            )
            .values(score=feedback.score, at=feedback.at, channel=feedback.channel)
            .returning(FeedbackRow.visit_id)
        )
        try:
            with self._database.begin() as session:
                if session.scalars(correcting).first() is None:
                    session.add(FeedbackRow(**asdict(feedback)))
        except IntegrityError:  # the visit has an answer, from another conversation
            return False
        return True

    def add_words(self, visit_id: str, words: str) -> None:
        """Keeps the patient's own words with the score of the visit."""
        with self._database.begin() as session:
            session.execute(
                update(FeedbackRow).where(FeedbackRow.visit_id == visit_id).values(words=words)
            )

    def of_visit(self, visit_id: str) -> Feedback | None:
        """What was said of the visit, if anything was."""
        with self._database.read() as session:
            row = session.get(FeedbackRow, visit_id)
            return _feedback(row) if row else None

    def of_patient(self, patient_id: str) -> Sequence[Feedback]:
        """All that the patient ever said, the oldest first."""
        query = (
            select(FeedbackRow)
            .where(FeedbackRow.patient_id == patient_id)
            .order_by(FeedbackRow.at, FeedbackRow.visit_id)
        )
        with self._database.read() as session:
            return [_feedback(row) for row in session.scalars(query)]


def _feedback(row: FeedbackRow) -> Feedback:
    return Feedback(
        visit_id=row.visit_id,
        patient_id=row.patient_id,
        service=row.service,
        branch=row.branch,
        score=row.score,
        at=row.at,
        channel=row.channel,
        conversation_id=row.conversation_id,
        words=row.words,
    )
