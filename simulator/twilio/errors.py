"""Twilio's error answers: the codes its documentation lists under /docs/api/errors."""

from typing import Final

_ERRORS: Final[dict[int, tuple[int, str]]] = {
    20001: (400, "Bad request: {}"),
    20003: (401, "Authenticate"),
    20404: (404, "The requested resource {} was not found"),
    20409: (409, "{}"),
    20429: (429, "Too many requests"),
    20500: (500, "Internal server error"),
    21201: (400, "No 'To' number is specified"),
    21205: (400, "Url parameter is required."),
    21210: (400, "The source phone number provided, {}, is not yet verified for your account."),
    21211: (400, "Invalid 'To' Phone Number: {}"),
    21213: (400, "A 'From' phone number is required."),
    21220: (400, "Call is not in-progress. Cannot redirect."),
    21266: (400, "'To' and 'From' number cannot be the same"),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number provided ({}) is not a valid message-capable number."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit."),
    21620: (400, "Invalid media URL(s)"),
    21623: (400, "Number of media files exceeds allowed limit."),
    21655: (400, "The ContentSid is Invalid"),
    21656: (400, "The ContentVariables Parameter is invalid"),
    21701: (400, "The Messaging Service resource does not exist."),
    21705: (400, "The Messaging Service is not valid."),
    21910: (400, "Invalid From and To pair. From and To should be of the same channel"),
    30409: (400, "{}"),
    35114: (400, "SendAt time must be between 15 minutes and 35 days in the future."),
    63007: (400, "Twilio could not find a Channel with the specified From address"),
}


class ApiError(Exception):
    """A request that Twilio refuses. code: Twilio's; detail: what the message names."""

    def __init__(self, code: int, detail: str = "") -> None:
        self.code = code
        self.status, message = _ERRORS.get(code, (400, "Bad request"))
        self.message = message.format(detail)
        super().__init__(f"{code}")

    def as_json(self) -> dict[str, object]:
        """The body of the answer."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
