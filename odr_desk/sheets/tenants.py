"""The leasing department's list of tenants."""

from odr_desk.rules import cells
from odr_desk.rules.cells import Reader
from odr_desk.rules.fields import field_of
from odr_desk.rules.tenant_list import TenantDraft
from odr_desk.sheets.profile import ImportField, Profile


def _field(name: str, read: Reader, *headings: str) -> ImportField:
    declared = field_of(TenantDraft, name)
    return ImportField(name, declared.label, read, headings, required=declared.required)


PROFILE = Profile(
    code="tenants",
    title="商户清单",
    fields=(
        _field("floor", cells.text, "楼层", "楼"),
        _field("counter", cells.text, "柜位号", "柜位", "铺位号", "铺位", "商铺号", "位置"),
        _field("brand", cells.text, "品牌", "品牌名称", "店招"),
        _field("name", cells.text, "商户名称（营业执照）", "商户名称", "营业执照名称", "企业名称", "公司名称", "商户"),
        _field("uscc", cells.uscc, "统一社会信用代码", "社会信用代码", "信用代码"),
        _field("trade", cells.text, "业态", "经营类别", "品类"),
        _field("contact", cells.text, "负责人", "联系人", "店长", "柜长"),
        _field("legal_person", cells.text, "法定代表人", "法人", "法人代表", "经营者"),
        _field("phone", cells.phone, "手机", "手机号", "联系电话", "电话", "联系方式"),
        _field("lease_start", cells.day, "合同起", "租约起", "合同开始日期", "合同起始日", "起租日"),
        _field("lease_end", cells.day, "合同止", "租约止", "合同结束日期", "合同到期日", "到期日"),
        _field("deposit", cells.fen, "保证金（元）", "保证金", "消费者权益保证金", "质量保证金"),
        _field("licence_no", cells.code, "营业执照号", "营业执照号码", "营业执照注册号", "执照号", "注册号"),
        _field("licence_expires", cells.last_day, "营业执照有效期", "营业执照到期日", "执照有效期", "执照到期日"),
        _field("food_no", cells.code, "食品经营许可证号", "食品经营许可证", "食品许可证号"),
        _field("food_expires", cells.last_day, "食品经营许可证有效期", "食品经营许可证到期日", "食品许可证有效期"),
        _field("note", cells.text, "备注", "说明"),
    ),
    keys=(("uscc", "counter"), ("name", "counter"), ("licence_no", "counter")),
)
