from odr_desk.store import passwords


def test_a_password_is_sealed_with_the_low_memory_profile_and_a_salt_of_its_own():
    first, second = passwords.seal("正确的密码 1"), passwords.seal("正确的密码 1")
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert "正确" not in first


def test_only_the_password_itself_fits():
    sealed = passwords.seal("正确的密码 1")
    assert passwords.fits(sealed, "正确的密码 1")
    assert not passwords.fits(sealed, "正确的密码 2")
    assert not passwords.fits(sealed, "")
