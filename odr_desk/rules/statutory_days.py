"""How many days the law makes free at each holiday, to check a notice by (全国年节及纪念日放假办法 2024, art 2)."""

FREE = {"元旦": 1, "春节": 4, "清明": 1, "劳动": 2, "端午": 1, "中秋": 1, "国庆": 3}


def free_days(name: str) -> int | None:
    """Return the statutory days of a holiday or of two that fall together, None for one that is not known."""
    found = [days for word, days in FREE.items() if word in name]
    return sum(found) if found else None
