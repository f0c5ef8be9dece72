"""The words that Twilio itself answers on a long code, in English, as a whole message."""

from typing import Final, Literal

OptOut = Literal["STOP", "START", "HELP"]
_WORDS: Final[dict[OptOut, frozenset[str]]] = {
    "STOP": frozenset(
        {"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"}
    ),
    "START": frozenset({"START", "UNSTOP", "YES"}),
    "HELP": frozenset({"HELP", "INFO"}),
}
NOTICES: Final[dict[OptOut, str]] = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages from "
    "this number. Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. Reply HELP "
    "for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


def read_keyword(text: str) -> OptOut | None:
    """Which of Twilio's own words the whole message is."""
    word = text.strip().upper()
    return next((kind for kind, words in _WORDS.items() if word in words), None)
