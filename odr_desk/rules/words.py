"""Laws as papers and screens cite them: one place for names and article numbers."""

CONSUMER_LAW_39 = "《中华人民共和国消费者权益保护法》第三十九条"
COMPLAINT_RULE_16 = "《市场监督管理投诉举报处理办法》第十六条"
JIANGSU_ADVANCE_PAYMENT = "《江苏省消费者权益保护条例》第三十二条"

SETTLE = "与经营者协商和解"
REMEDIES = (
    SETTLE,
    "请求消费者协会或者依法成立的其他调解组织调解",
    "向有关行政部门投诉",
    "根据与经营者达成的仲裁协议提请仲裁机构仲裁",
    "向人民法院提起诉讼",
)
"""The five ways of 消保法39, to be named whenever a consumer is told no."""

REGULATORS_WORDS = ("人民调解", "司法确认", "调解书", "终止调解")
"""Titles and promises of mediation committees, courts and regulators: no mall's paper bears them."""
