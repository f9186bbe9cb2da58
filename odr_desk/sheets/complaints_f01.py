"""F01 消费者投诉处理情况表: the twelve problem columns of every class add up to the accepted complaints."""

from odr_desk.sheets.form import Adding, Entry, Form, Kind, Shape

PROBLEMS = (
    ("P01", "质量"),
    ("P02", "安全"),
    ("P03", "计量"),
    ("P04", "合同"),
    ("P05", "售后服务"),
    ("P06", "人格尊严"),
    ("P07", "广告"),
    ("P08", "商标"),
    ("P09", "价格"),
    ("P10", "假冒"),
    ("P11", "虚假宣传"),
    ("P12", "其他"),
)

FORM = Form(
    code="F01",
    title="消费者投诉处理情况表",
    shape=Shape.MATRIX,
    entries=(
        Entry("label", "类别", Kind.LABEL, ("商品服务类别", "商品/服务类别", "分类", "项目")),
        Entry("accepted", "受理投诉（件）", Kind.COUNT, ("受理数", "受理件数", "投诉受理")),
        Entry("ended", "已处理（件）", Kind.COUNT, ("已办结", "办结数", "处理数")),
        Entry("settled", "调解成功（件）", Kind.COUNT, ("和解成功", "调解成功数", "和解成功数")),
        Entry("recovered", "挽回经济损失（万元）", Kind.MONEY, ("挽回损失",)),
        *(Entry(code, f"{name}（件）", Kind.COUNT, (f"{name}问题",)) for code, name in PROBLEMS),
    ),
    adding=Adding("accepted", tuple(code for code, _ in PROBLEMS), rest="P12"),
    rest_label="其他类",
)
