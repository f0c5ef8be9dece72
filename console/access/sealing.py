"""Secrets that we must be able to read again: encrypted with a key made of SECRET_KEY."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.secrets import secret_key
from app.settings import Settings


def seal(settings: Settings, text: str) -> str:
    """The text, readable by this instance alone."""
    return _fernet(settings).encrypt(text.encode()).decode()


def unseal(settings: Settings, sealed: str) -> str:
    """The text again. Raises cryptography.fernet.InvalidToken after SECRET_KEY has changed."""
    return _fernet(settings).decrypt(sealed.encode()).decode()


def _fernet(settings: Settings) -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"consulta console sealing")
    return Fernet(base64.urlsafe_b64encode(derive.derive(secret_key(settings).encode())))
