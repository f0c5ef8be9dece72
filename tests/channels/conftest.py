from collections.abc import Iterator

import pytest

from tests.channels.double import Twilio


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with Twilio() as double:
        yield double
