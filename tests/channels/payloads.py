"""Webhooks as Twilio posts them, one function a kind; keyword arguments replace parameters."""

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "a-token-for-tests"
PATIENT = "+525500000001"
CLINIC = "+525550000100"


def _form(base: dict[str, str], changes: dict[str, str | None]) -> dict[str, str]:
    merged = {**base, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def sms(**changes: str | None) -> dict[str, str]:
    sid = "SM" + "a" * 32
    return _form(
        {
            "ToCountry": "MX",
            "ToState": "",
            "SmsMessageSid": sid,
            "NumMedia": "0",
            "ToCity": "",
            "FromZip": "",
            "SmsSid": sid,
            "FromState": "Ciudad de Mexico",
            "SmsStatus": "received",
            "FromCity": "",
            "Body": "no voy a poder el jueves",
            "FromCountry": "MX",
            "To": CLINIC,
            "ToZip": "",
            "NumSegments": "1",
            "MessageSid": sid,
            "AccountSid": ACCOUNT,
            "From": PATIENT,
            "ApiVersion": "2010-04-01",
        },
        changes,
    )


def whatsapp(**changes: str | None) -> dict[str, str]:
    sid = "SM" + "b" * 32
    return _form(
        {
            "SmsMessageSid": sid,
            "NumMedia": "0",
            "ProfileName": "Ana",
            "MessageType": "text",
            "SmsSid": sid,
            "WaId": "5215500000001",
            "SmsStatus": "received",
            "Body": "¡Hola!",
            "To": f"whatsapp:{CLINIC}",
            "NumSegments": "1",
            "ReferralNumMedia": "0",
            "MessageSid": sid,
            "AccountSid": ACCOUNT,
            "ChannelMetadata": '{"type":"whatsapp","data":{"context":{}}}',
            "From": "whatsapp:+5215500000001",
            "ApiVersion": "2010-04-01",
        },
        changes,
    )


def tap(payload: str, title: str) -> dict[str, str]:
    return whatsapp(
        Body=title,
        ButtonText=title,
        ButtonPayload=payload,
        ButtonType="REPLY",
        MessageType="button",
        OriginalRepliedMessageSid="SM" + "c" * 32,
        OriginalRepliedMessageSender=f"whatsapp:{CLINIC}",
    )


def picked(item: str, title: str) -> dict[str, str]:
    return whatsapp(Body=title, ListId=item, ListTitle=title, MessageType="interactive")


def status(state: str, **changes: str | None) -> dict[str, str]:
    sid = "SM" + "d" * 32
    return _form(
        {
            "SmsSid": sid,
            "SmsStatus": state,
            "MessageStatus": state,
            "To": PATIENT,
            "MessageSid": sid,
            "AccountSid": ACCOUNT,
            "From": CLINIC,
            "ApiVersion": "2010-04-01",
        },
        changes,
    )


def call(**changes: str | None) -> dict[str, str]:
    return _form(
        {
            "AccountSid": ACCOUNT,
            "ApiVersion": "2010-04-01",
            "CallSid": "CA" + "e" * 32,
            "CallStatus": "ringing",
            "Called": CLINIC,
            "CalledCountry": "MX",
            "Caller": PATIENT,
            "CallerCountry": "MX",
            "Direction": "inbound",
            "From": PATIENT,
            "FromCountry": "MX",
            "StirVerstat": "TN-Validation-Passed-B",
            "To": CLINIC,
            "ToCountry": "MX",
        },
        changes,
    )


def placed(**changes: str | None) -> dict[str, str]:
    return call(
        **{
            "CallStatus": "in-progress",
            "Direction": "outbound-api",
            "From": CLINIC,
            "Caller": CLINIC,
            "To": PATIENT,
            "Called": PATIENT,
            "StirVerstat": None,
            **changes,
        }
    )


def gathered(**changes: str | None) -> dict[str, str]:
    return call(CallStatus="in-progress", **changes)
