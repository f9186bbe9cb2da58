"""双方主张对照: the points of a dispute, what each side says to them, and what they agree on by now."""

from dataclasses import dataclass

from odr_desk.rules import clauses, money
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import choice, number, text
from odr_desk.rules.labels import Word
from odr_desk.rules.parsing import check

MOST_POINTS = 40


class PointState(Word):
    """Whether a point is still between the parties."""

    OPEN = "open", "未谈拢"
    AGREED = "agreed", "已一致"
    DROPPED = "dropped", "不再主张"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointDraft:
    """One row of the grid; `id` and `version` name the row on record, both empty for a new one."""

    id: int | None = number("行号", maximum=10**12)
    version: int | None = number("版本", maximum=10**9)
    point: str = text("争议点", required=True, max_length=200)
    claim: str = choice("诉求", options="claims")
    consumer_says: str = text("消费者说", max_length=1000, multiline=True)
    merchant_says: str = text("商户说", max_length=1000, multiline=True)
    evidence: str = text("证据", max_length=400, multiline=True)
    exhibits: str = text("材料号", max_length=200, hint="材料的内部号，用空格隔开")
    state: PointState | None = choice("谈到哪里", options=PointState)
    agreed: str = text("一致意见", max_length=1000, multiline=True)


def check_points(points: tuple[PointDraft, ...]) -> None:
    """Raise Invalid, naming row and field, unless the rows may be saved."""
    problems: list[Problem] = []
    if len(points) > MOST_POINTS:
        problems.append(Problem("points", f"最多 {MOST_POINTS} 个争议点，现在是 {len(points)} 个，请合并相近的"))
    for n, point in enumerate(points):
        try:
            check(point)
        except Invalid as error:
            problems += [Problem(f"points[{n}].{p.field}", f"第 {n + 1} 点：{p.text}") for p in error.problems]
        if any(not part.isdecimal() for part in point.exhibits.split()):
            problems.append(Problem(f"points[{n}].exhibits", f"第 {n + 1} 点：材料号应为数字，用空格隔开"))
        if point.state is PointState.AGREED and not point.agreed.strip():
            problems.append(Problem(f"points[{n}].agreed", f"第 {n + 1} 点：选了“已一致”，请写明一致意见"))
    if problems:
        raise Invalid(tuple(problems))


def is_blank(point: PointDraft) -> bool:
    """Tell whether nothing has been written into a new row."""
    written = (point.point, point.consumer_says, point.merchant_says, point.evidence, point.exhibits, point.agreed)
    return point.id is None and not any(words.strip() for words in written)


def clause(point: PointDraft) -> TermDraft:
    """Return what was agreed on a point as the clause to begin with; the amount is the one its words name."""
    words = point.agreed.strip()
    kind = point.claim or clauses.FREE
    return TermDraft(
        kind=kind,
        amount=clauses.amount_in(words),
        method=clauses.usual_way(kind),
        text=words or ("" if clauses.kind_of(kind).words else point.point),
    )


def views(points: tuple[PointDraft, ...]) -> tuple[str, str]:
    """Return what the consumer and what the merchant says, point by point and in full."""
    return (
        _view([(point.point, point.consumer_says) for point in points]),
        _view([(point.point, point.merchant_says) for point in points]),
    )


def point_of(name: str, amount: int | None) -> str:
    """Return the words of a point that begins as a demand of the consumer."""
    return f"{name} {money.show(amount)} 元" if amount else name


def _view(said: list[tuple[str, str]]) -> str:
    told = [(point, words.strip().rstrip("。；;")) for point, words in said if words.strip()]
    if len(told) == 1:
        return f"{told[0][1]}。"
    return "".join(f"{n}．{point.strip()}：{words}。" for n, (point, words) in enumerate(told, start=1))
