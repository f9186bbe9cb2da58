"""The laws that rules of a claim rest on: their short names in an article, and which text was read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statute:
    """A law as articles abbreviate it; `version` names the text that was read, by year or first day in force."""

    short: str
    title: str
    version: str


STATUTES = (
    Statute("消保法", "消费者权益保护法", "2013年修正"),
    Statute("实施条例", "消费者权益保护法实施条例", "2024-07-01施行"),
    Statute("江苏条例", "江苏省消费者权益保护条例", "2020-07-31修正"),
    Statute("处罚办法", "侵害消费者权益行为处罚办法", "2020-10-23修订"),
    Statute("食品安全法", "食品安全法", "2025-09-12修正"),
    Statute("法释〔2025〕4号", "预付式消费民事纠纷司法解释", "2025-05-01施行"),
    Statute("民法典", "民法典", "2021-01-01施行"),
    Statute("手机", "移动电话机商品三包规定", "2001年"),
    Statute("微机", "微型计算机商品三包规定", "2002年"),
    Statute("视听", "家用视听商品三包规定", "2002年"),
    Statute("部分商品规定", "部分商品三包规定", "1995年，是否修订未核到"),
)


def versions(article: str) -> tuple[str, ...]:
    """Return title and version of every law an article names, in the order of its words."""
    named = [(article.index(law.short), law) for law in STATUTES if law.short in article]
    return tuple(f"{law.title}（{law.version}）" for _at, law in sorted(named, key=lambda found: found[0]))
