"""What a search may have hit, in the order in which the groups of its answer are shown."""

from odr_desk.rules.labels import Word


class HitKind(Word):
    """Which part of a case answered."""

    NUMBER = "number", "编号"
    PLATFORM_NO = "platform_no", "平台编号"
    PHONE = "phone", "电话"
    PERSON = "person", "姓名"
    MERCHANT = "merchant", "商户"
    MATTER = "matter", "事由"
    FACTS = "facts", "事实"
    EVENT = "event", "进展"
    POSITION = "position", "双方意见"
    POINT = "point", "双方主张"
    NEXT_STEP = "next_step", "下一步"
    RESULT = "result", "处理结果"
    AGREEMENT = "agreement", "协议"
    DOCUMENT = "document", "文书"
