"""What is left over from other programs and from templates: ** <br> &nbsp; \\n, XX县, 待补充, 此处填写.

Markup is looked for in the text as decoded, since the view drops it; placeholders are looked for in the view.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome
from rectlint.patterns import Pattern
from rectlint.report import Words
from rectlint.source import Span

_TAGS = "p|br|div|span|font|strong|b|i|u|em|a|img|table|tbody|thead|tr|td|th|h[1-6]|ul|ol|li|hr|style|script|o:p|sup|sub|section|center"
_HTML = Pattern(
    rf"(?i:</?(?:{_TAGS})(?:\s[^<>\n]{{0,200}})?/?>)"
    r"|&(?:nbsp|amp|lt|gt|quot|[lr][sd]quo|[mn]dash|middot|hellip|e[nm]sp|times|#\d{2,6}|#x[0-9a-fA-F]{2,6});",
    needs=("<", "&"),
)
_ESCAPES = Pattern(
    r"(?<![A-Za-z:\\])\\(?:r\\n|[nrt])(?![A-Za-z])|\\u[0-9a-f]{4}|\\u3000", needs=("\\n", "\\r", "\\t", "\\u")
)
# 138****1234、王** 是隐去的号码和姓名
_MARKDOWN = Pattern(
    r"(?m)(?<![*\d])(?:\*\*(?!\*)|\*{3}(?![*\d]))|(?<=\d)\*{2,3}(?![\d*])|^#{1,6} |#{2,6}|```|!?\[[^\[\]\n]{0,80}\]\((?=[^\s()]{0,199}[/.#:])[^\s()]{4,200}\)",
    needs=("**", "#", "```", "]("),
)
_HEADING = Pattern(r"(?m)^#{1,6} \S")
_WHOLLY = 3
"""So many headings with # show that the text is Markdown from end to end."""
_MOST_LINES = 12
"""So many lines are named in a message at most; the evidence has every place."""
_MARKDOWN_FILES = (".md", ".markdown", ".mkd")

_LEFTOVER = Pattern(
    r"(?<![A-Za-z\d+\-/.@])(?:[Xx]{2,6}|×{2,6})(?![A-Za-z\d\-/.@])"
    r"|(?<![A-Za-z\d+×/])[Xx×](?=[年月日个项件名次场户条](?!射))"
    r"|〔20\d?[Xx×]{1,3}〕|20\d?[Xx×]{1,3}(?=年)"
    r"|[（〔【](?:待|请|此处|需)(?:补充|填写|填报|填|定|核实|确认|完善|插入|添加)[^）〕】\n]{0,20}[）〕】]|待补充(?=[，。；、）\n]|$)|此处填写\p{Han}{0,10}|请填写|此处插入|〔(?:日期|时间|单位|名称|姓名|地点|数字|金额|联系人|电话)[^〕\n]{0,8}〕"
    r"|(?<=\p{Han})(?:（ ?）|《 ?》|“ ?”|〔 ?〕)|\d{4}年 ?月 ?日|(?<=\d{4}年) 月(?: ?日)?|\{\p{Han}{1,12}\}"
    r"|【(?:日期|时间|单位|名称|姓名|地点|数字|金额|联系人|电话)[^】\n：]{0,8}】(?!：)|(?<![A-Za-z])(?:TODO|TBD|FIXME)(?![A-Za-z])"
    r"|(?<![A-Za-z\d])_{2,}(?![A-Za-z])"
    r"|\{\{[^{}\n]{1,40}\}\}|\$\{[^{}\n]{1,40}\}|□{2,}|(?<![零一二三四五六七八九十])[〇○]{2,}(?=\p{Han})(?![零一二三四五六七八九十年])",
    needs=(
        "X",
        "x",
        "×",
        "待",
        "此处",
        "请填",
        "〔日",
        "〔时",
        "〔单",
        "〔名",
        "〔姓",
        "〔地",
        "〔数",
        "〔金",
        "〔联",
        "〔电",
        "__",
        "需",
        "{",
        "□□",
        "〇〇",
        "○○",
        "（）",
        "（ ）",
        "《》",
        "《 》",
        "“”",
        "“ ”",
        "〔〕",
        "〔 〕",
        "年月",
        "年 月",
        "【",
        "TODO",
        "TBD",
        "FIXME",
    ),
)
_NOBODY = Pattern(r"某某(?=[，。；、）！”]|[省市县区镇乡街局](?!民))", needs=("某某",))
_SURNAME = Pattern(
    r"(?:[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝])$"
)


_FIELD = Pattern(
    r"(?<=^|[\n 。；|])(?P<name>责任(?:领导|单位|部门|人|科室|股室)|牵头(?:领导|单位|部门)|(?:整改|完成)(?:时限|期限|状态|结果|结论)|包保领导)：",
    needs=("责任", "牵头", "时限：", "期限：", "状态：", "结果：", "结论：", "包保领导"),
)
_NEXT_FIELD = Pattern(
    r" *(?:\n|(?=\p{Han}{2,8}：))(?=[ \n]*(?:\p{Han}{2,8}：|[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十\d]+）|\d+\.))"
)


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Report markup, then placeholders."""
    yield from _markup(claims)
    yield from _leftovers(claims)
    yield from _empty_fields(claims)


def _markup(claims: Claims) -> Iterator[Outcome]:
    """Markup: what is left of one sort of mark is one matter, told once with all its places."""
    source = claims.document.source
    patterns = [_HTML, _ESCAPES]
    if not source.path.lower().endswith(_MARKDOWN_FILES):
        patterns.append(_MARKDOWN)
    found: list[Span] = []
    for start, end in sorted(match.span() for pattern in patterns for match in pattern.find(source.text)):
        if found and found[-1].end == start and source.text[start:end] == source.text[start - (end - start) : start]:
            found[-1] = Span(found[-1].start, end)
        elif not _masks_a_name(source.text, start):
            found.append(Span(start, end))
    index = 0
    if sum(1 for _ in _HEADING.find(source.text)) >= _WHOLLY and not source.path.lower().endswith(_MARKDOWN_FILES):
        # a text that is Markdown from end to end is one matter, not one for each mark
        marks = [span for span in found if source.text[span.start] in "*#`!["]
        found = [span for span in found if span not in marks[1:]]
    marks_of: dict[str, list[list[Span]]] = {}
    while index < len(found):
        span = found[index]
        mark = source.text[span.start : span.end]
        following = found[index + 1] if index + 1 < len(found) else None
        pair = following is not None and _closes(source.text, span, following)
        index += 2 if pair else 1
        marks_of.setdefault(mark, []).append([span, following] if pair and following is not None else [span])
    for mark, places in marks_of.items():
        (first, *closing), *others = places
        evidence = [Evidence(place, "closing") for place in closing]
        evidence += [Evidence(place, "other") for pair in others for place in pair]
        yield Outcome(
            "contradicted",
            first,
            tuple(evidence),
            derivation=mark,
            actual=mark,
            defect="markup",
            values={"mark": mark, "places": _places(source.text, [spans[0] for spans in places])},
            in_source=True,
        )


def _places(text: str, spans: list[Span]) -> Words:
    """Where the marks stand, by line, where there are several: （共4处，第12、15、18行）."""
    if len(spans) < 2:
        return Words("", "")
    lines = sorted({text.count("\n", 0, span.start) + 1 for span in spans})
    shown = [str(line) for line in lines[:_MOST_LINES]]
    more = len(lines) > _MOST_LINES
    return Words(
        f"（共{len(spans)}处，第{'、'.join(shown)}行{'等' if more else ''}）",
        f" ({len(spans)} times, lines {', '.join(shown)}{' …' if more else ''})",
    )


def _masks_a_name(text: str, start: int) -> bool:
    """Whether asterisks stand for a given name kept back: 对王**诫勉谈话."""
    before = text[max(0, start - 2) : start]
    return (
        text.startswith("**", start)
        and _SURNAME.search(before) is not None
        and (len(before) < 2 or before[0] in "对、，,。；（(由与和向给为“\n\u3000 ")
    )


def _closes(text: str, span: Span, following: Span) -> bool:
    """Whether ``following`` is the closing mark to ``span``, in the same paragraph."""
    mark, other = text[span.start : span.end], text[following.start : following.end]
    if "\n\n" in text[span.end : following.start] or following.start - span.end > 400:
        return False
    if mark.startswith("*"):
        return other == mark
    name = mark.strip("<>/").split()[0].lower() if mark.startswith("<") else ""
    return bool(name) and other.lower() == f"</{name}>"


def _leftovers(claims: Claims) -> Iterator[Outcome]:
    """Placeholders that were never filled in; 王某某, 张某, 某企业 are names kept back on purpose."""
    text = claims.document.text
    for match in _LEFTOVER.find_in_lines(text):
        if match.group()[0] in "×Xx" and _is_masked_name(text, match.start()):
            continue
        yield _leftover(Span(*match.span()), match.group())
    for match in _NOBODY.find(text):
        if _SURNAME.search(text, max(0, match.start() - 1), match.start()) is None:
            yield _leftover(Span(*match.span()), match.group())


def _empty_fields(claims: Claims) -> Iterator[Outcome]:
    """责任领导： with nothing behind it before the next field, where the field is filled in elsewhere."""
    text = claims.document.text
    names: dict[str, list[tuple[Span, bool]]] = {}
    for match in _FIELD.find_in_lines(text):
        empty = _NEXT_FIELD.match(text, match.end(), min(len(text), match.end() + 24)) is not None
        names.setdefault(match["name"], []).append((Span(*match.span()), empty))
    for fields in names.values():
        filled = [span for span, empty in fields if not empty]
        blank = [span for span, empty in fields if empty]
        if len(blank) <= len(filled) // 2:
            yield from (_leftover(span, text[span.start : span.end]) for span in blank)


def _is_masked_name(text: str, start: int) -> bool:
    """Whether crosses stand for a given name kept back: 责任人：张××, 对李××诫勉."""
    if _SURNAME.search(text, max(0, start - 1), start) is None:
        return False
    return start < 2 or text[start - 2] in "：、，。；（对由与和给将为\n "


def _leftover(span: Span, words: str) -> Outcome:
    return Outcome("contradicted", span, derivation=words, actual=words, defect="leftover", values={"words": words})


KIND = Kind("residue", NoParams, {"markup": ("mark", "places"), "leftover": ("words",)}, check)
