"""Passwords: Argon2id with the low-memory profile of RFC 9106."""


def seal(password: str) -> str:
    """Return the hash to store."""
    from argon2 import PasswordHasher
    from argon2.profiles import RFC_9106_LOW_MEMORY

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY).hash(password)


def fits(sealed: str, password: str) -> bool:
    """Tell whether the password is the one that was sealed."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerifyMismatchError

    try:
        return PasswordHasher().verify(sealed, password)
    except VerifyMismatchError:
        return False
