"""The words that are not a rule's own: labels of evidence and reasons why something was not compared."""

from __future__ import annotations

from rectlint.report import Words

LABELS: dict[str, Words] = {
    "total": Words("总数", "total"),
    "part": Words("分项", "part"),
    "complement": Words("余数", "remainder"),
    "done": Words("已完成", "done"),
    "pending": Words("未完成", "pending"),
    "earlier": Words("前文", "earlier"),
    "later": Words("后文", "later"),
    "other": Words("另一处", "elsewhere"),
    "item": Words("条目", "item"),
    "section": Words("部分", "section"),
    "status": Words("状态", "status"),
    "open-work": Words("未完事项", "open work"),
    "heading": Words("标题", "heading"),
    "claim": Words("表述", "claim"),
    "listed": Words("列举", "listed"),
    "base": Words("基数", "base"),
    "share": Words("占比", "share"),
    "from": Words("起", "from"),
    "to": Words("止", "to"),
    "inspection": Words("巡察时间", "inspection"),
    "feedback": Words("反馈时间", "feedback"),
    "cutoff": Words("截止时间", "cut-off"),
    "signature": Words("落款时间", "signature"),
    "publication": Words("发布时间", "publication"),
    "issue": Words("印发时间", "issue"),
    "deadline": Words("时限", "deadline"),
    "duration": Words("时长", "duration"),
    "weekday": Words("星期", "weekday"),
    "previous": Words("前一项", "previous"),
    "next": Words("后一项", "next"),
    "target": Words("所指条目", "target"),
    "reference": Words("引用", "reference"),
    "population": Words("总体", "population"),
    "opening": Words("起始标点", "opening mark"),
    "closing": Words("结束标记", "closing mark"),
    "direction": Words("升降", "direction"),
}

OF_INSPECTION = frozenset(("巡察", "巡察时间", "巡察结束到反馈", "被巡察单位"))
"""Our words for an inspection of either sort, which a text of 巡视 is told of in its own word."""

REASONS: dict[str, Words] = {
    "": Words("", ""),
    "damaged": Words("所在文字残缺", "the text is damaged there"),
    "approximate": Words("数字是约数", "a figure is approximate"),
    "selected": Words("文中说明只列出一部分", "the text says that it tells some only"),
    "not-closed": Words("分项未必列全", "the parts may be incomplete"),
    "no-number": Words("有一部分没有写数字", "one part has no figure"),
    "no-base": Words("没有写明基数", "the base is not stated"),
    "other-time": Words("时点不同，不可比", "told of different times"),
    "other-level": Words("层次不同，不可比", "counts at different levels"),
    "overlap": Words("分项可能重叠", "the parts may overlap"),
    "no-target": Words("没有可对照的条目", "nothing to compare with"),
    "year-unknown": Words("年份不明", "the year is not stated"),
    "calendar-unknown": Words("没有该年的放假安排", "the holidays of that year are not known"),
    "no-date-of-text": Words("没有落款、发布或截止日期", "the text is not dated"),
    "status-unknown": Words("是否办结不明", "whether it is finished is not stated"),
    "told-elsewhere": Words("已并入另一条发现", "told with another finding"),
    "admitted": Words("文中已说明逾期", "the text itself says it is late"),
    "open-list": Words("列举未尽（等）", "an open list (等)"),
    "forced": Words("为使各项合计为100%而调整了末位", "the last place was moved to make the shares total 100%"),
    "ambiguous": Words("有多种读法", "more than one reading"),
}
