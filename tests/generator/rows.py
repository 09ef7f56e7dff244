"""Tables in rows of text, with what their cells let compare.

In: a draft, a random source, a scene. Out: a table in the draft, with the sentence that introduces it.

>>> from tests.generator.names import scene_of
>>> draft = Draft()
>>> write_table(draft, Random(2), scene_of(Random(2), "town"))
>>> draft.truth[0].rule[:3]
'TAB'
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from tests.generator.model import Draft, Span
from tests.generator.names import Scene
from tests.generator.numerals import decimal, percent

UNITS = {
    "town": ("党政办", "农业农村办", "社会事务办", "综合执法队", "财政所", "便民中心", "平安办"),
    "bureau": ("办公室", "财务科", "规划科", "执法大队", "政策法规科", "人事科", "信息中心"),
    "county": ("县委办", "县财政局", "县水利局", "县民政局", "县教育局", "县住建局", "县林业局"),
}
UNIT_HEADS = ("单位", "责任单位", "责任科室", "部门")
# Columns: all, done, open, rate, and the words of the sentence before the table.
SORTS = (
    ("问题数", "已整改", "正在整改", "整改率", "各{u}共认领问题{T}个，已整改{a}个，正在整改{b}个，具体如下："),
    ("任务数", "已完成", "推进中", "完成率", "整改任务分解为{T}项，已完成{a}项，推进中{b}项，见下表。"),
    ("交办件", "已办结", "在办", "办结率", "共交办信访件{T}件，已办结{a}件，详见下表："),
    ("应清退户数", "已清退", "未清退", "清退率", "应清退{T}户，其中已清退{a}户，分{u}情况如下："),
    ("应建制度", "已建", "在建", "完成率", "各{u}建章立制情况如下表所示。"),
    ("隐患数", "已销号", "未销号", "销号率", "排查安全隐患{T}处，已销号{a}处，未销号{b}处，分布情况如下表："),
)
AMOUNT_HEADS = (("类别", "金额（万元）"), ("项目", "追缴金额（万元）"), ("资金来源", "收回数（万元）"))
AMOUNT_ROWS = ("津贴补贴", "差旅费", "培训费", "车辆租赁费", "工程质保金", "会议费", "劳务费")
NUMBERED = (
    (
        "序号",
        "制度名称",
        "责任科室",
        ("考勤管理办法", "差旅费报销规定", "采购管理细则", "档案查阅制度", "值班值守制度", "车辆管理规定"),
    ),
    (
        "序号",
        "整改事项",
        "牵头单位",
        ("清理往来款", "规范合同档案", "更新低保信息", "修订采购流程", "补录党员档案", "整治会风"),
    ),
    ("编号", "检查点位", "处置意见", ("东关桥段", "老车站口", "北门菜场", "南渠泵站", "西岭料场", "河堤路口")),
)


class Sheet:
    """A table being written; remembers where each cell stands."""

    def __init__(self, draft: Draft, source: Random) -> None:
        self.draft = draft
        self.style = source.choice(("spaced", "spaced", "markdown", "tight", "tabs"))

    def row(self, cells: list[str], *, heading: bool = False) -> list[Span]:
        """Write one row."""
        left, between, right = {
            "spaced": ("", " | ", ""),
            "markdown": ("| ", " | ", " |"),
            "tight": ("", "|", ""),
            "tabs": ("", "\t", ""),
        }[self.style]
        spans = []
        self.draft.write(left)
        for index, cell in enumerate(cells):
            if index:
                self.draft.write(between)
            spans.append(self.draft.write(cell))
        self.draft.write(f"{right}\n")
        if heading and self.style == "markdown":
            self.draft.write("|" + "---|" * len(cells) + "\n")
        return spans


def write_table(draft: Draft, source: Random, scene: Scene) -> None:
    """One table of one sort."""
    sorts = (write_counts, write_counts, write_counts, write_amounts, write_numbered, write_register)
    source.choice(sorts)(draft, source, scene)


def write_counts(draft: Draft, source: Random, scene: Scene) -> None:
    """Units with all, done and open, perhaps the rate, perhaps a total."""
    whole, done, left, rate, sentence = source.choice(SORTS)
    names = source.sample(UNITS[scene.kind], source.randint(3, 6))
    amounts = [source.randint(5, 30) for _ in names]
    open_ones = [source.choice((0, 1, 1, 2, 3)) for _ in names]
    has_rate, places = source.random() < 0.5, source.choice((0, 1, 1, 2))
    has_left = not has_rate or source.random() < 0.5
    position = source.choice(("last", "last", "last", "first", "none"))
    all_of_them, all_open = sum(amounts), sum(open_ones)
    told: dict[str, Span] = {}
    if position != "none" and source.random() < 0.75:
        told = draft.fill(
            sentence,
            {
                "T": str(all_of_them),
                "a": str(all_of_them - all_open),
                "b": str(all_open),
                "u": "部门" if scene.kind == "county" else "科室",
            },
        )
    elif source.random() < 0.5:
        draft.write(source.choice(("各单位情况如下：", "分单位情况见下表。")))
    if draft.text()[-1:] not in ("\n", ""):
        draft.write("\n")
    sheet = Sheet(draft, source)
    heads = [source.choice(UNIT_HEADS), whole, done]
    heads += [left] if has_left else []
    heads += [source.choice((rate, f"{rate}（%）"))] if has_rate else []
    sheet.row(heads, heading=True)
    sign = "" if has_rate and heads[-1].endswith("）") else "%"

    def cells(name: str, count: int, open_count: int) -> list[str]:
        """The cells of one row."""
        row = [name, str(count), str(count - open_count)]
        row += [str(open_count)] if has_left else []
        row += [percent(Fraction(count - open_count, count), places) + sign] if has_rate else []
        return row

    total_row: list[Span] = []
    label = source.choice(("合计", "合计", "总计"))
    if position == "first":
        total_row = sheet.row(cells(label, all_of_them, all_open))
    rows = [
        sheet.row(cells(name, count, open_count))
        for name, count, open_count in zip(names, amounts, open_ones, strict=True)
    ]
    if position == "last":
        total_row = sheet.row(cells(label, all_of_them, all_open))
    if total_row:
        damage_totals(draft, source, rows, total_row, [all_of_them, all_of_them - all_open, all_open], has_left)
    if has_left:
        damage_row(draft, source, rows, total_row, amounts, all_of_them)
    if has_rate:
        damage_rate(draft, source, rows, list(zip(amounts, open_ones, strict=True)), places, sign)
    columns = {"T": 1, "a": 2} | ({"b": 3} if has_left else {})
    sums = {"T": all_of_them, "a": all_of_them - all_open, "b": all_open}
    damage_told(draft, source, told, total_row, columns, sums)


def damage_totals(
    draft: Draft, source: Random, rows: list[list[Span]], total_row: list[Span], sums: list[int], has_left: bool
) -> None:
    """The total of a column is wrong."""
    columns = range(1, 4 if has_left else 3)
    for column in columns:
        draft.compare("TAB001", [total_row[column], *(row[column] for row in rows)], "sum")
    column = source.choice(columns)
    sides = [total_row[column], *(row[column] for row in rows)]
    wrong = max(0, sums[column - 1] + source.choice((1, -1, 2, 3, 10)))
    if wrong != sums[column - 1]:
        draft.damage(
            "TAB001", [(total_row[column], str(wrong))], sides, ["TAB002", "TAB003", "TAB005"], "total changed"
        )
    row = source.choice(rows)
    cell = row[1]
    value = int(draft.text()[cell.start : cell.end])
    changed = str(value + source.choice((1, 2, 3)))
    draft.damage(
        "TAB001", [(cell, changed)], sides if column == 1 else [cell, total_row[1]], ["TAB002"], "cell changed"
    )


def damage_row(
    draft: Draft,
    source: Random,
    rows: list[list[Span]],
    total_row: list[Span],
    amounts: list[int],
    whole: int,
) -> None:
    """Done and open of one row do not make up all of it; the column still adds up."""
    for row in rows:
        draft.compare("TAB002", [row[1], row[2], row[3]], "sum")
    index = source.randrange(len(rows))
    step = source.choice((1, 2, -1))
    edits = [(rows[index][1], str(amounts[index] + step))]
    if total_row:
        edits.append((total_row[1], str(whole + step)))
    row = rows[index]
    draft.damage("TAB002", edits, [row[1], row[2], row[3], *total_row[1:4]], ["TAB003"], "row")


def damage_rate(
    draft: Draft, source: Random, rows: list[list[Span]], counts: list[tuple[int, int]], places: int, sign: str
) -> None:
    """The rate of one row is wrong."""
    for row in rows:
        draft.compare("TAB003", [row[-1], row[1], row[2]], "rate of a row")
    index = source.randrange(len(rows))
    count, open_count = counts[index]
    share = Fraction(count - open_count, count)
    wrong = share - Fraction(source.choice((2, 3, 5, 9)), 100)
    row = rows[index]
    draft.damage("TAB003", [(row[-1], percent(wrong, places) + sign)], [row[-1], row[1], row[2]], kind="rate")


def damage_told(
    draft: Draft,
    source: Random,
    told: dict[str, Span],
    total_row: list[Span],
    columns: dict[str, int],
    sums: dict[str, int],
) -> None:
    """The sentence before the table gives another figure than the table's total."""
    known = [letter for letter in columns if letter in told]
    if not total_row or not known:
        return
    for letter in known:
        draft.compare("TAB005", [told[letter], total_row[columns[letter]]], "told")
    letter = source.choice([letter for letter in known if letter != "b"])
    wrong = sums[letter] + source.choice((1, -1, 2))
    sides = [told[letter], total_row[columns[letter]]]
    draft.damage("TAB005", [(told[letter], str(wrong))], sides, ["TOT001"] if "b" in told else [], "told")


def write_amounts(draft: Draft, source: Random, scene: Scene) -> None:
    """Amounts by kind with their total, perhaps told before the table."""
    heads = source.choice(AMOUNT_HEADS)
    names = source.sample(AMOUNT_ROWS, source.randint(3, 5))
    values = [source.randint(120, 9800) for _ in names]
    total = sum(values)

    def text(value: int) -> str:
        """Two decimals, always written."""
        return f"{value // 100}.{value % 100:02d}"

    told: Span | None = None
    if source.random() < 0.6:
        told = draft.fill(
            source.choice(("共清退追缴违规资金{n}万元，明细如下：", "累计收回资金{n}万元，分类情况见下表。")),
            {"n": decimal(Fraction(total, 100), 2)},
        )["n"]
    if draft.text()[-1:] not in ("\n", ""):
        draft.write("\n")
    sheet = Sheet(draft, source)
    sheet.row(list(heads), heading=True)
    rows = [sheet.row([name, text(value)]) for name, value in zip(names, values, strict=True)]
    last = sheet.row([source.choice(("合计", "总计")), text(total)])
    sides = [last[1], *(row[1] for row in rows)]
    draft.compare("TAB001", sides, "sum")
    wrong = total + source.choice((100, -90, 1000, 27))
    draft.damage("TAB001", [(last[1], text(wrong))], sides, ["TAB005"], "amount")
    if told is not None:
        draft.compare("TAB005", [told, last[1]], "told")
        draft.damage("TAB005", [(told, decimal(Fraction(wrong, 100), 2))], [told, last[1]], kind="amount told")


def write_numbered(draft: Draft, source: Random, scene: Scene) -> None:
    """A numbered list of things with who answers for them."""
    first, second, third, things = source.choice(NUMBERED)
    names = source.sample(things, source.randint(4, 6))
    if draft.text()[-1:] not in ("\n", ""):
        draft.write("\n")
    sheet = Sheet(draft, source)
    sheet.row([first, second, third], heading=True)
    units = UNITS[scene.kind]
    rows = [sheet.row([str(number), name, source.choice(units)]) for number, name in enumerate(names, 1)]
    draft.compare("TAB004", [row[0] for row in rows], "running numbers")
    index = source.randrange(1, len(rows))
    sides = [rows[index - 1][0], rows[index][0], *([rows[index + 1][0]] if index + 1 < len(rows) else [])]
    draft.damage("TAB004", [(rows[index][0], str(index))], sides, kind="number twice")
    draft.damage("TAB004", [(rows[index][0], str(index + 2))], sides, kind="number left out")


__all__ = ["write_table"]


REGISTERS = (
    ("重点整改事项{N}项，已完成{a}项，正在推进{b}项，详见下表。", "整改事项", "整改状态", "已完成", "正在推进"),
    ("督办任务共{N}项，已办结{a}项，正在办理{b}项，清单如下：", "督办任务", "办理情况", "已办结", "正在办理"),
    ("整改任务{N}项，其中已销号{a}项、推进中{b}项：", "任务", "进展", "已销号", "推进中"),
)


def write_register(draft: Draft, source: Random, scene: Scene) -> None:
    """A row for each task with its state, below a sentence that counts the states."""
    sentence, head, state, done, left = source.choice(REGISTERS)
    tasks = source.sample(NUMBERED[1][-1], source.randint(4, 6))
    open_ones = set(source.sample(range(len(tasks)), source.randint(1, 2)))
    figures = {"N": len(tasks), "a": len(tasks) - len(open_ones), "b": len(open_ones)}
    told = draft.fill(sentence, {name: str(value) for name, value in figures.items()})
    draft.write("\n")
    sheet = Sheet(draft, source)
    sheet.row(["序号", head, state], heading=True)
    rows = [sheet.row([str(index + 1), task, left if index in open_ones else done]) for index, task in enumerate(tasks)]
    cells = [row[2] for row in rows]
    draft.compare("TAB006", [told["a"], *cells], "rows by state")
    index = source.choice(sorted(set(range(len(tasks))) - open_ones))
    draft.damage("TAB006", [(cells[index], left)], [told["a"], told["b"], *cells], kind="a state changed")
