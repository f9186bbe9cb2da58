"""The list of complaints that the 12315 platform exports."""

from odr_desk.rules import cells
from odr_desk.rules.case import CaseDraft
from odr_desk.rules.cells import Reader
from odr_desk.rules.fields import field_of
from odr_desk.sheets.profile import ImportField, Profile


def _field(name: str, read: Reader, *headings: str, required: bool = False) -> ImportField:
    return ImportField(name, field_of(CaseDraft, name).label, read, headings, required=required)


PROFILE = Profile(
    code="platform",
    title="12315平台导出",
    fields=(
        _field("platform_no", cells.code, "登记编号", "平台编号", "投诉编号", "工单编号"),
        _field("received_at", cells.moment, "登记时间", "接收时间", "投诉时间", "受理时间", required=True),
        _field("consumer_name", cells.text, "投诉人", "投诉人姓名", "消费者", "提供方姓名"),
        _field("consumer_phone", cells.phone, "联系电话", "投诉人电话", "手机", "电话"),
        ImportField(
            "merchant", "被投诉企业", cells.text, ("被投诉企业", "被投诉人", "被投诉商户", "企业名称"), required=True
        ),
        _field("product", cells.text, "商品/服务名称", "商品服务名称", "商品名称", "商品或服务"),
        _field("amount", cells.fen, "涉及金额（元）", "涉及金额", "金额", "争议金额"),
        _field("problem", cells.text, "投诉问题", "问题类别", "投诉问题类别", "涉及问题"),
        _field("facts", cells.text, "事实描述", "投诉内容", "问题描述", "问题陈述", "事实依据"),
        ImportField("claims", "投诉请求", cells.text, ("投诉请求", "诉求", "投诉诉求")),
        ImportField("due_at", "办理期限", cells.moment, ("办理期限", "截止时间", "办结期限", "到期时间")),
        ImportField("platform_state", "平台状态", cells.text, ("状态", "办理状态", "处理状态")),
    ),
    keys=(("platform_no",), ("received_at", "consumer_phone", "merchant")),
    number="platform_no",
    most=5_000,
)
