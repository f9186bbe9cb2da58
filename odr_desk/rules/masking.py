"""Personal data as lists, exports and logs may show them.

Masking twice changes nothing, so a value may pass through several hands.
"""

import re

_TITLES = ("女士", "先生", "小姐", "同学", "老师", "阿姨", "师傅")
_COMPOUND = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|长孙|宇文|夏侯|端木|轩辕|南宫|东郭|西门|"
    "百里|呼延|澹台|公冶|宗政|濮阳|淳于|单于|太叔|申屠|仲孙|钟离|鲜于|闾丘|司空|独孤|赫连"
)
_ORGANISATION = re.compile("公司|商行|酒店|集团|中心|学校|医院|工厂|经营部|店$|厂$|行$|社$|部$|会$|所$")
_DISTRICT = re.compile(r"^(?:.{2,9}?(?:省|自治区))?(?:.{2,9}?(?:市|自治州|盟))?(?:.{1,9}?(?:区|县|旗|市))?")
_PERSONAL = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"(?P<id>\d{17}[0-9Xx])|"
    r"(?P<card>\d{16}|\d{19}|\d{4}(?: \d{4}){3}(?: \d{3})?)|"
    r"(?P<phone>1[3-9]\d[ -]?\d{4}[ -]?\d{4})"
    r")(?![0-9A-Za-z])"
)
_MASKED_PHONE = re.compile(r"(?P<head>[+\d]\d{2}|0\d{2,3}-)\*{4}(?P<tail>\d{4}(?:-\d+)?)")


def name(text: str) -> str:
    """Return 王** for 王小明; 周女士 and 某某 stay as they are, an organisation keeps its name."""
    plain = text.strip()
    person = plain.partition("(")[0].partition("（")[0].strip()
    if len(person) < 2 or person.endswith(_TITLES) or "某" in person or "*" in person:
        return plain
    if len(person) > 4 and _ORGANISATION.search(person):
        return plain
    compound = _COMPOUND.match(person) if len(person) > 2 else None
    return f"{compound[0] if compound else person[0]}**"


def phone(text: str) -> str:
    """Return 138****5678 and 0510-****0000: three in front, four behind, the area code stays."""
    plain = text.strip()
    area, dash, rest = plain.partition("-")
    if dash and area.startswith("0") and len(rest) >= 7:
        number, extension, inner = rest.partition("-")
        return f"{area}-****{number[-4:]}{extension}{inner}"
    if "*" in plain or len(plain) <= 6:
        return plain
    if len(plain) < 11:
        return f"****{plain[-4:]}"
    return f"{plain[:3]}****{plain[-4:]}"


def ends(text: str) -> tuple[str, str] | None:
    """Return how a telephone begins and ends that `phone` has masked, None for anything else."""
    found = _MASKED_PHONE.fullmatch(text.strip())
    return (found["head"], found["tail"]) if found else None


def id_number(text: str) -> str:
    """Return 320205********0011: six in front, four behind; shorter documents keep their ends."""
    plain = text.strip()
    if len(plain) >= 15:
        return f"{plain[:6]}{'*' * (len(plain) - 10)}{plain[-4:]}"
    if len(plain) > 4:
        return f"{plain[:2]}{'*' * (len(plain) - 4)}{plain[-2:]}"
    return "*" * len(plain)


def address(text: str) -> str:
    """Return the address as far as the district."""
    plain = text.strip()
    found = _DISTRICT.match(plain)
    kept = found[0] if found else ""
    return plain if kept == plain else f"{kept}***"


def bank_card(text: str) -> str:
    """Return the last four digits of a card."""
    plain = text.replace(" ", "").strip()
    return f"**** {plain[-4:]}" if plain else ""


def in_text(text: str) -> str:
    """Return a free text whose telephones, identity numbers and card numbers are masked."""
    return _PERSONAL.sub(_masked, text)


def _masked(found: re.Match[str]) -> str:
    if found["id"]:
        return id_number(found[0])
    if found["card"]:
        return bank_card(found[0])
    return phone(re.sub(r"[ -]", "", found[0]))
