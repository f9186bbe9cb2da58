"""Amounts in capitals (人民币大写), as 《正确填写票据和结算凭证的基本规定》 wants them written."""

LIMIT_FEN = 10**14  # one trillion yuan: the words end at 仟亿

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def rmb_capitals(fen: int) -> str:
    """Return 129950 as 人民币壹仟贰佰玖拾玖元伍角.

    Where the rule leaves a 零 to choice it stands before 角 and not behind 万, as in the rule's own examples.
    """
    if not 0 <= fen < LIMIT_FEN:
        raise ValueError(f"no capitals for {fen} fen")
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    words = "人民币" + (_whole(yuan) + "元" if yuan else "")
    if not rest:
        return words + ("整" if yuan else "零元整")
    if yuan and (not jiao or yuan % 10 == 0):
        words += "零"
    if jiao:
        words += _DIGITS[jiao] + "角"
    if cents:
        words += _DIGITS[cents] + "分"
    return words


def _whole(yuan: int) -> str:
    """Read the digits from the left; a run of zeros is one 零, unless it ends a group of four."""
    words, owed_zero, group_spoken = "", False, False
    digits = str(yuan)
    for place, digit in zip(range(len(digits) - 1, -1, -1), map(int, digits), strict=True):
        if digit:
            words += ("零" if owed_zero else "") + _DIGITS[digit] + _PLACES[place % 4]
            owed_zero, group_spoken = False, True
        else:
            owed_zero = True
        if place % 4 == 0 and group_spoken:
            words += _GROUPS[place // 4]
            owed_zero, group_spoken = False, False
    return words
