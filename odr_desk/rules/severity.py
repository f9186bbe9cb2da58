"""How grave a case is: the facts that make it 重大, each named."""

from odr_desk.rules.case import AgeBand, CaseDraft, Level

LARGE_FEN = 1_000_000
CROWD = 5
CROWD_DAYS = 7
_MEDIA = "CH10"
_SIGNS = (
    ("医院", "提到就医"),
    ("住院", "提到就医"),
    ("急诊", "提到就医"),
    ("缝针", "提到受伤"),
    ("骨折", "提到受伤"),
    ("殴打", "提到受伤"),
    ("中毒", "提到食物中毒"),
    ("上吐下泻", "提到食物中毒"),
    ("腹泻", "提到食物中毒"),
    ("拉肚子", "提到食物中毒"),
    ("异物", "提到食品异物"),
    ("吃出", "提到食品异物"),
    ("蟑螂", "提到食品异物"),
    ("里有虫", "提到食品异物"),
    ("失联", "提到商户失联"),
    ("跑路", "提到商户失联"),
    ("人去楼空", "提到商户失联"),
    ("卷款", "提到商户失联"),
    ("搜身", "提到搜身或侮辱"),
    ("搜包", "提到搜身或侮辱"),
    ("侮辱", "提到搜身或侮辱"),
    ("辱骂", "提到搜身或侮辱"),
)
_CHILD = ("儿童", "孩子", "小孩", "宝宝", "婴儿", "幼儿")
_HURT = ("伤", "摔", "磕", "烫", "夹到", "流血")


def grave_because(draft: CaseDraft, recent_on_merchant: int) -> tuple[str, ...]:
    """Return why a case counts as grave, empty when nothing says so.

    `recent_on_merchant` is the number of complaints on the merchant in the last seven days, this one included.
    """
    reasons = [why for sign, why in _SIGNS if sign in draft.facts]
    if draft.amount is not None and draft.amount >= LARGE_FEN:
        reasons.append("金额一万元以上")
    if recent_on_merchant >= CROWD:
        reasons.append(f"同一商户 {CROWD_DAYS} 天内 {recent_on_merchant} 件")
    if draft.channel == _MEDIA:
        reasons.append("媒体或网络曝光")
    about_child = draft.age_band is AgeBand.UNDER_14 or any(word in draft.facts for word in _CHILD)
    if about_child and any(word in draft.facts for word in _HURT):
        reasons.append("儿童受伤")
    return tuple(dict.fromkeys(reasons))


def level_for(draft: CaseDraft, recent_on_merchant: int) -> Level:
    """Return the level written down, else the one the facts call for."""
    if draft.level is not None:
        return draft.level
    return Level.MAJOR if grave_because(draft, recent_on_merchant) else Level.NORMAL
