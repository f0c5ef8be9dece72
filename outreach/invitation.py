"""What asks a patient to write again, where the staff may not answer in words of their own."""

from typing import Final

from outreach.notices import Notice

INVITATION: Final = Notice(
    name="answer_waits",
    words={
        "es": "{clinic} tiene una respuesta a su mensaje. Escríbanos por aquí y se la damos.",
        "pt": "{clinic} tem uma resposta à sua mensagem. Escreva por aqui e nós respondemos.",
        "en": "{clinic} has an answer to your message. Write to us here and we will give it.",
    },
    samples={},
)
