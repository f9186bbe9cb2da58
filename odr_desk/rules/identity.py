"""Numbers that carry their own check: unified credit code, identity card, telephone.

Each `…_problem` returns what looks wrong, in words, or nothing. The desk warns and does not block:
old registration numbers and foreign telephones exist.
"""

import re
import unicodedata
from datetime import date

USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_MISREAD = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}
_DASHES = dict.fromkeys(map(ord, " \t\u3000-‐‑–—－.·()/"), None)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))([2-9]\d{6,7})")
_SERVICE = re.compile(r"[48]00\d{7}|9[56]\d{3,6}|1[12]\d{1,3}|12\d{3}")
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_ABROAD = re.compile(r"(?:\+|00)(?!86)([1-9]\d{6,14})", re.ASCII)  # E.164: the country code and the number
_EXTENSION = re.compile(r"(?:转|ext\.?|#)\s*(\d{1,6})$", re.IGNORECASE)
_BETWEEN = re.compile(r"[/、,;\n]+")
_ID_LENGTH, _OLD_LENGTH, _USCC_LENGTH = 18, 15, 18


def normal_uscc(text: str) -> str:
    """Return the code in half-width capitals without blanks and dashes."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip().upper()


def normal_number(text: str) -> str:
    """Return the number that a case has elsewhere in half width without blanks, however it was typed or pasted."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def uscc_check(first_seventeen: str) -> str:
    """Return the check character of GB 32100-2015 for the seventeen characters before it."""
    values = (USCC_LETTERS.index(letter) for letter in first_seventeen)
    total = sum(value * weight for value, weight in zip(values, _USCC_WEIGHTS, strict=True))
    return USCC_LETTERS[-total % 31]


def uscc_problem(text: str) -> str:
    """Return what is wrong with a unified social credit code, empty when nothing is."""
    code = normal_uscc(text)
    if not code:
        return ""
    if len(code) == _OLD_LENGTH and code.isdigit():
        return "这是 15 位旧注册号，换照后为 18 位统一社会信用代码，请核对营业执照"
    if len(code) != _USCC_LENGTH:
        return f"统一社会信用代码应为 18 位，现为 {len(code)} 位，请核对营业执照"
    for place, letter in enumerate(code, start=1):
        if letter not in USCC_LETTERS:
            hint = f"，可能是 {_MISREAD[letter]}" if letter in _MISREAD else ""
            return f"统一社会信用代码第 {place} 位不会是“{letter}”{hint}，请核对营业执照"
    if uscc_check(code[:-1]) != code[-1]:
        return "统一社会信用代码的校验位不对，多半有一位抄错，请核对营业执照"
    return ""


def uscc_district(text: str) -> str:
    """Return the six digits of the district that gave out the code, empty when the code is none."""
    code = normal_uscc(text)
    digits = code[2:8]
    return digits if len(code) == _USCC_LENGTH and digits.isdecimal() and digits.isascii() else ""


def normal_id_card(text: str) -> str:
    """Return the identity card number in half-width characters without blanks."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip().upper()


def id_card_problem(text: str, today: date | None = None) -> str:
    """Return what is wrong with a resident identity number (GB 11643), empty when nothing is."""
    number = normal_id_card(text)
    if not number:
        return ""
    if len(number) == _OLD_LENGTH and _digits(number):
        return "15 位旧身份证号已停用，请按现在的证件填 18 位"
    if len(number) != _ID_LENGTH or not _digits(number[:-1]) or number[-1] not in _ID_CHECKS:
        return "身份证号应为 18 位，前 17 位是数字，末位是数字或 X，请核对证件"
    if not _is_birthday(number[6:14], today):
        return "身份证号里的出生日期不对（第 7 至 14 位），请核对证件"
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    if _ID_CHECKS[total % 11] != number[-1]:
        return "身份证号的校验位不对，多半有一位抄错，请核对证件"
    return ""


def normal_phone(text: str) -> str:
    """Return a telephone as the desk keeps it: 13800005678, 0510-88880000, 0510-88880000-12, +85223456789.

    What is not understood comes back as typed, in half-width characters.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if abroad := _ABROAD.fullmatch(plain.translate(_DASHES)):
        return f"+{abroad[1]}"
    number, extension = _split_extension(plain)
    digits = number.translate(_DASHES)
    for prefix in ("+86", "0086"):
        digits = digits.removeprefix(prefix)
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if not _is_phone(digits):
        return " ".join(plain.split())
    landline = None if _SERVICE.fullmatch(digits) else _LANDLINE.fullmatch(digits)
    return (f"{landline[1]}-{landline[2]}" if landline else digits) + extension


def phone_problem(text: str) -> str:
    """Return why this is hardly a telephone number, empty when it is one."""
    number, _, _ = normal_phone(text).partition("转")
    if _ABROAD.fullmatch(number):
        return ""
    parts = number.split("-")
    digits = "".join(parts[:2]) if number.startswith("0") else parts[0]
    if not digits or _is_phone(digits):
        return ""
    if len(phones_in(text)) > 1:
        return "这里有两个以上号码，请只留一个，其余写进备注"
    if _digits(digits) and digits.startswith("1"):
        return f"手机号应为 11 位、以 13 至 19 开头，现为 {len(digits)} 位，请核对"
    return "不像电话号码：手机 11 位，座机带区号如 0510-88880000，境外号码以 + 和国家代码开头如 +85223456789"


def phones_in(text: str) -> tuple[str, ...]:
    """Return the telephones of a cell that may hold several, such as `19900000001/0510-88880000`."""
    parts = _BETWEEN.split(unicodedata.normalize("NFKC", text))
    found = (part for part in parts if _is_phone(part.translate(_DASHES)))
    return tuple(normal_phone(part) for part in found)


def _is_phone(digits: str) -> bool:
    kinds = (_MOBILE, _LANDLINE, _SERVICE, _LOCAL)
    return _digits(digits) and any(kind.fullmatch(digits) for kind in kinds)


def _split_extension(plain: str) -> tuple[str, str]:
    found = _EXTENSION.search(plain)
    if found:
        return plain[: found.start()], f"-{found[1]}"
    parts = re.split(r"[-‐‑–—－]", plain)
    if len(parts) == 3 and parts[0].startswith("0") and _digits(parts[2]):
        return "-".join(parts[:2]), f"-{parts[2]}"
    return plain, ""


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_birthday(eight: str, today: date | None) -> bool:
    try:
        born = date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return False
    return born.year >= 1880 and (today is None or born <= today)
