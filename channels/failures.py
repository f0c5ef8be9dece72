"""From the provider's words to ours."""

from conversations.ports import SendFailed
from integrations.twilio import read_failure


def send_failed(error: Exception) -> SendFailed:
    """What an exception of the Twilio SDK means for the message that was being sent."""
    failure = read_failure(error)
    return SendFailed(
        failure.code,
        retryable=failure.retryable,
        opted_out=failure.opted_out,
        ours=failure.ours,
        unknown=failure.unknown,
        slow=failure.slow,
        elsewhere=failure.elsewhere,
    )
