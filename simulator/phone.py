"""A patient's phone for tests: texts, taps, calls and listens through the local Twilio.

    phone = Phone("http://127.0.0.1:8000", "+525500000001")
    phone.text("hola")
    print(phone.wait_for_reply().text)
    call = phone.call()
    call.press("1")
    call.hang_up()

The app runs elsewhere and is reached over HTTP; nothing here knows its insides.
"""

import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Literal, Self

from simulator.phone_call import Call
from simulator.phone_line import Button, Line, PhoneError, Text, read_text

__all__ = ["Button", "Call", "Phone", "PhoneError", "Text"]

Channel = Literal["sms", "whatsapp"]
_SLICE = 5.0


class Phone:
    """One patient's phone; channel is where `text` writes unless told otherwise."""

    def __init__(
        self, app_url: str, number: str, *, channel: Channel = "sms", name: str = ""
    ) -> None:
        self._line = Line(app_url)
        self.number, self.channel = number, channel
        body = {"number": number, "name": name, "withheld": True}
        self._id = str(self._line.post("/phones", body)["id"])
        self._revision = 0
        self._messages: dict[str, Text] = {}
        self._calls: dict[str, dict[str, Any]] = {}
        self._read: set[str] = set()
        self._alerts: list[dict[str, Any]] = []
        self._look(0)
        self._read = {text.sid for text in self._messages.values()}
        self._alerts.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection."""
        self._line.close()

    # Messages

    def text(self, text: str, *, channel: Channel | None = None, **more: Any) -> Text:
        """Sends a message; returns when the app's webhook took it.

        more: payload, title, location=(latitude, longitude), label, media=[{"url",
        "content_type"}] and extra (further webhook parameters). Raises PhoneError when the webhook
        failed.
        """
        body = {"channel": channel or self.channel, "text": text, **more}
        sent = read_text(self._line.post(f"/phones/{self._id}/messages", body))
        if sent.error:
            raise PhoneError(f"the app did not take the message: Twilio's error {sent.error}")
        return sent

    def repeat(self, sent: Text, **more: Any) -> None:
        """The provider's repeat of a message: the same webhook once more."""
        body = {"text": sent.text, **more}
        self._line.post(f"/phones/{self._id}/messages/{sent.sid}/again", body)

    def share_location(self, latitude: float, longitude: float, label: str = "") -> Text:
        """Shares a place on WhatsApp."""
        place = (latitude, longitude)
        return self.text("", channel="whatsapp", location=place, label=label)

    def tap(self, title: str, message: Text | None = None) -> Text:
        """Taps a button or a row: of that message, or of the last one that has it."""
        self._look(0)
        candidates = [message] if message else [*reversed(self.messages)]
        for candidate in candidates:
            for button in candidate.buttons:
                if button.title.casefold() == title.casefold():
                    return self.text("", channel="whatsapp", payload=button.id, title=button.title)
        shown = [title for text in self.messages for title in text.titles]
        raise PhoneError(f"there is nothing to tap called {title!r}; there is {shown}")

    def wait_for_reply(self, timeout: float = 30.0, containing: str = "") -> Text:
        """The next message not read yet, oldest first, that contains the words (case aside).

        Those passed over count as read. timeout: seconds. Raises PhoneError.
        """
        deadline = time.monotonic() + timeout
        while True:
            for text in self._unread():
                self._read.add(text.sid)
                if containing.casefold() in text.text.casefold():
                    return text
            left = deadline - time.monotonic()
            if left <= 0:
                raise PhoneError(
                    f"no reply{f' with {containing!r}' if containing else ''} in {timeout:g} s; "
                    f"the thread is {[text.text for text in self.messages]}"
                )
            self._look(min(left, _SLICE))

    def stays_quiet(self, seconds: float = 1.0) -> bool:
        """Whether nothing comes for so long."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and not self._unread():
            self._look(min(left, _SLICE))
        return not self._unread()

    @property
    def messages(self) -> Sequence[Text]:
        """All that the phone shows, oldest first, as far as it was looked at."""
        return list(self._messages.values())

    @property
    def alerts(self) -> Sequence[tuple[int, str]]:
        """What Twilio's debugger says since this phone was taken: (code, text)."""
        self._look(0)
        return [(int(alert["code"]), str(alert["text"])) for alert in self._alerts]

    def _unread(self) -> list[Text]:
        return [text for text in self.messages if not text.mine and text.sid not in self._read]

    # The world around

    def set_condition(self, condition: str) -> None:
        """on, off, landline, blocked or no_whatsapp."""
        self._line.post(f"/phones/{self._id}/condition", {"condition": condition})

    def set_behaviour(self, **behaviour: Any) -> None:
        """How Twilio behaves to all phones: see simulator.twilio.model.Behaviour."""
        self._line.post("/behaviour", behaviour)

    def review_template(self, name: str, status: str, reason: str = "") -> None:
        """WhatsApp's word on a template, by its name."""
        self._line.post(f"/templates/{name}", {"status": status, "reason": reason})

    def clinic(self) -> dict[str, Any]:
        """What the clinic knows of the people at this number."""
        return self._line.get(f"/phones/{self._id}/clinic")

    # Calls

    def call(self, timeout: float = 30.0) -> Call:
        """Calls the clinic; returns when the clinic listens, or the call has ended."""
        started = self._line.post(f"/phones/{self._id}/calls", {"pace": "instant"})
        return Call(self, str(started["sid"]), timeout).settle(0)

    def wait_for_call(self, timeout: float = 30.0) -> Call:
        """The next call that rings here. Raises PhoneError."""
        deadline = time.monotonic() + timeout
        while True:
            for sid, call in self._calls.items():
                if call["phase"] == "ringing" and call["direction"] != "inbound":
                    return Call(self, sid, timeout)
            left = deadline - time.monotonic()
            if left <= 0:
                raise PhoneError(f"no call in {timeout:g} s")
            self._look(min(left, _SLICE))

    def act(self, sid: str, act: str, body: Mapping[str, Any]) -> None:
        """Does something in a call."""
        self._calls[sid] = self._line.post(f"/calls/{sid}/{act}", body)

    def call_now(self, sid: str, wait: float = 0.0) -> dict[str, Any]:
        """A call as it stands."""
        self._look(wait)
        return self._calls[sid]

    def _look(self, wait: float) -> None:
        query = {"after": self._revision, "wait": wait}
        found = self._line.get(f"/phones/{self._id}/updates", query)
        if wait and found["revision"] == self._revision:
            time.sleep(min(wait, 0.1))
        self._revision = int(found["revision"])
        for message in found["messages"]:
            self._messages[message["sid"]] = read_text(message)
        self._calls |= {call["sid"]: call for call in found["calls"]}
        self._alerts += found["alerts"]
