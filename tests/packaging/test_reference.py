import csv
from datetime import date

import pytest

from odr_desk import paths

FILES = sorted(paths.resource("reference").glob("*.csv"))
PROBLEM_COLUMNS = [
    "质量",
    "安全",
    "计量",
    "合同",
    "售后服务",
    "人格尊严",
    "广告",
    "商标",
    "价格",
    "假冒",
    "虚假宣传",
    "其他",
]


def rows(name):
    with paths.resource("reference", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def values(name, column, **wanted):
    return [row[column] for row in rows(name) if all(row[key] == value for key, value in wanted.items())]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_has_every_column_and_nothing_beside(path):
    for number, row in enumerate(rows(path.stem), 2):
        assert None not in row, f"line {number} has too many cells"
        assert None not in row.values(), f"line {number} has too few cells"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_cell_carries_stray_blanks_or_quotes(path):
    for number, row in enumerate(rows(path.stem), 2):
        for column, cell in row.items():
            assert cell == cell.strip(), f"line {number}, {column}"
            assert '"' not in cell, f"line {number}, {column}"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("channels", ("group", "code")),
        ("claims", ("code",)),
        ("outcomes", ("group", "code")),
        ("deadlines", ("id",)),
        ("legal_rules", ("rule_id",)),
        ("cn_calendar_2026", ("date",)),
        ("monthly_form_columns", ("form_id", "order")),
        ("demo_cases", ("case_no",)),
        ("goods_services_categories", ("scheme", "level", "code", "name_zh")),
        ("problem_categories", ("scheme", "code", "name_zh")),
    ],
)
def test_keys_are_unique(name, key):
    keys = [tuple(row[column] for column in key) for row in rows(name)]
    assert len(keys) == len(set(keys))


def test_intake_channels_are_complete():
    assert values("channels", "code", group="product") == [f"CH{number:02}" for number in range(1, 13)]


def test_the_monthly_form_has_its_seventeen_headings():
    columns = [row for row in rows("monthly_form_columns") if row["form_id"] == "F01"]
    assert [row["order"] for row in columns] == [str(number) for number in range(1, 18)]
    assert {row["form_title_zh"] for row in columns} == {"消费者投诉处理情况表"}
    assert [row["heading_zh"] for row in columns[:5]] == [
        "类别",
        "受理投诉（件）",
        "已处理（件）",
        "调解成功（件）",
        "挽回经济损失（万元）",
    ]
    assert [row["heading_zh"].removesuffix("（件）") for row in columns[5:]] == PROBLEM_COLUMNS


def test_problem_classes_follow_the_columns_of_the_form():
    assert values("problem_categories", "name_zh", scheme="regulator_report_12cols") == PROBLEM_COLUMNS


def test_calendar_names_off_days_and_make_up_days_of_one_year():
    for row in rows("cn_calendar_2026"):
        day = date.fromisoformat(row["date"])
        assert day.year == 2026
        if row["type"] == "班(work)":
            assert day.weekday() >= 5, f"{day} is an ordinary working day"
        else:
            assert row["type"] == "休(off)"


def test_trades_point_to_classes_that_exist():
    classes = set(values("goods_services_categories", "cca_class"))
    ch20 = {row["code"] for row in rows("goods_services_categories") if row["scheme"].startswith("12315")}
    trades = [row for row in rows("goods_services_categories") if row["scheme"] == "mall_trade_30"]
    assert len(trades) == 30
    for trade in trades:
        assert trade["cca_class"] in classes
        assert trade["ch20_code"] in ch20 | {""}


def test_demo_cases_use_only_codes_that_exist():
    channels = values("channels", "code", group="product")
    problems = values("problem_categories", "code", scheme="regulator_report_12cols")
    trades = values("goods_services_categories", "code", scheme="mall_trade_30")
    claims, rules = values("claims", "code"), values("legal_rules", "rule_id")
    results = values("outcomes", "code", group="odr_result")
    performance = values("outcomes", "code", group="performance")
    cases = rows("demo_cases")
    assert len(cases) == 20
    for case in cases:
        assert case["channel_code"] in channels
        assert case["problem_code"] in problems
        assert case["trade_code"] in trades
        assert set(case["claim_codes"].split(",")) <= set(claims)
        assert set(case["rule_ids"].split(",")) <= {*rules, ""}
        assert case["result_code"] in {*results, ""}
        assert case["performance_code"] in {*performance, ""}


def test_demo_money_adds_up():
    for case in rows("demo_cases"):
        refund, compensation, recovered = (
            round(float(case[column]) * 100) for column in ("refund_yuan", "compensation_yuan", "recovered_loss_yuan")
        )
        assert refund + compensation == recovered, case["case_no"]


def test_claims_compute_by_rules_that_exist():
    rules = set(values("legal_rules", "rule_id"))
    for row in rows("claims"):
        assert set(filter(None, row["computation_rule_id"].split("|"))) <= rules, row["code"]
