"""Tables that must add up: columns to their 合计 row, columns to one another, rates to their figures, running numbers.

Which columns belong together is not said in a table, so the rows say it: a relation that nearly all rows keep is meant to
hold in every row, and the rows that break it are reported.  A relation that few rows keep was never meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, permutations, takewhile

from rectlint.claims import Claims
from rectlint.claims.quantities import Quantity
from rectlint.claims.rounding import Interval, matches
from rectlint.claims.tables import Field, Grid, Row
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Verdict, Words
from rectlint.values import SCALES, format_number

_TOTAL_ROW = Pattern(r"(?:总?合 ?计|总 ?计|共 ?计|合计数|总数)(?:（[^）]*）)?")
_SUBTOTAL_ROW = Pattern(r"小 ?计(?:（[^）]*）)?")
_SUBSET = Pattern(r"其中|#")
_SET_APART = Pattern(r"注|备注|说明|填表|审核|占比|比例|比重|比率|增|减|同比|环比|完成率|整改率|上年|去年|上期|平均")
# columns whose figures are no amounts
_NO_AMOUNT = Pattern(
    r"序号?$|编号|年[份度]?$|月份?$|日期|时间|期限|率|占比|比例|比重|百分比|%|均|单价|排名|名次|位次|得分|分值|评分|电话|联系|"
    r"批次$|条款|文号|代码|同比|环比|增长|增幅|升降"
)
_WIDEST = 60
_RATE = Pattern(r"率|占比|比例|比重|百分比|%")
# what the figures of a column are, by its heading
_COLUMN_ROLES = (
    ("pending", Pattern(r"正在|(?:推进|办理|整改|实施)中|未(?!成年)|在[办建]|剩余|尚|持续|长期")),
    ("done", Pattern(r"已|完成|办结|整改到位|销号|了结")),
    ("total", Pattern(r"数|量|总|件|项|问题|任务|线索|^应(?!急|用)")),
)
_POINTS = Pattern(r"下表|附表|如下|见表|表\d|列表")
_UNIT = Pattern(r"（(?:单位：)?([^（）]{1,6})）$")
_COUNTED = Pattern(r"(?:总数|合计|数量|数|总量|金额|情况)$")
_EXTENT = Pattern(r"(?:共计?|合计|总计|金额|总额|数量|的|为|达|(?:分解|细化|梳理|归并)[为成出])+$")
_RUNNING = Pattern(r"序 ?号?|编号|NO\.?|No\.?")


class Params(NamedTuple):
    """``near``: a lone column that misses its total by no more than this many percent was meant to make it up; ``most``: the
    percentage of rows that keep a relation which is meant to hold in all of them; ``rows``: how many rows must keep it."""

    near: int = 20
    most: int = 60
    rows: int = 3


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Judge every table that a person could survey."""
    for grid in claims.tables:
        if len(grid.columns) > _WIDEST:
            yield Outcome("unchecked", grid.rows[0].span, defect="column", reason="ambiguous")
            continue
        yield from _columns(grid, params)
        yield from _across(grid, params)
        yield from _rates(grid, params)
        yield from _running(grid)
        yield from _quoted(claims, grid)


def _amounts(grid: Grid) -> list[int]:
    """The columns that hold amounts: figures or blanks in every row that is one, two figures at least, one unit."""
    found = []
    for index, column in enumerate(grid.columns):
        if _NO_AMOUNT.search(column.label):
            continue
        fields = [row.fields[index] for row in grid.rows if not _SET_APART.search(row.label)]
        told = [field for field in fields if field is not None and not field.blank]
        figures = [field for field in told if field.number is not None and field.unit != "%"]
        units = {field.unit for field in figures if field.unit}
        if len(figures) >= 2 and len(figures) == len(told) and len(units) <= 1:
            found.append(index)
    return found


def _columns(grid: Grid, params: Params) -> Iterator[Outcome]:
    """Each total row with the rows it sums, column by column."""
    amounts = _amounts(grid)
    for place, parts in _sums(grid):
        judged = []
        for column in amounts:
            total = grid.rows[place].fields[column]
            if total is None or total.number is None:
                continue
            readings = [_filled(rows, column) for rows in parts]
            fitting = next((fields for fields in readings if len(fields) > 1 and _adds_up(total, fields)), None)
            if fitting is not None or len(readings[0]) > 1:
                judged.append((column, total, fitting or readings[0], fitting is not None))
        kept = sum(fits for *_, fits in judged)
        for column, total, fields, fits in judged:
            meant = fits or 2 * kept >= len(judged) or _near(total, fields, params)
            outcome = _sum_outcome(total, fields, fits, "column", grid.columns[column].label or grid.rows[place].label)
            yield outcome if meant else _unsure(outcome)


def _sums(grid: Grid) -> Iterator[tuple[int, list[list[Row]]]]:
    """The index of each row of totals with the ways to read which rows it sums: all of them, or subtotals for theirs."""
    plain = [index for index, row in enumerate(grid.rows) if not _SET_APART.search(row.label)]
    single: list[Row] = []  # all rows since the last total
    since: list[Row] = []  # those since the last subtotal
    groups: list[Row] = []  # the subtotals since the last total
    for index in plain:
        row = grid.rows[index]
        if _SUBTOTAL_ROW.fullmatch(row.label):
            yield index, [since]
            groups.append(row)
            since = []
        elif not _TOTAL_ROW.fullmatch(row.label):
            if not _SUBSET.match(row.label):
                single.append(row)
                since.append(row)
        elif index == plain[0]:
            yield index, _below([grid.rows[place] for place in plain[1:]])
        else:
            yield index, [single, [*groups, *since], since]
            single, since, groups = [], [], []


def _below(rows: Sequence[Row]) -> list[list[Row]]:
    """How to read the rows under a total that stands first: down to the next total, subtotals or what they sum."""
    told = list(takewhile(lambda row: not _TOTAL_ROW.fullmatch(row.label), rows))
    told = [row for row in told if not _SUBSET.match(row.label)]
    groups = [row for row in told if _SUBTOTAL_ROW.fullmatch(row.label)]
    return [[row for row in told if not _SUBTOTAL_ROW.fullmatch(row.label)], groups] if groups else [told]


def _filled(rows: Sequence[Row], column: int) -> list[Field]:
    fields = (row.fields[column] for row in rows)
    return [field for field in fields if field is not None and field.number is not None]


def _adds_up(total: Field, parts: Sequence[Field]) -> bool:
    """Whether the parts make the total; figures with decimals were rounded each on its own."""
    difference = abs(total.value - sum(part.value for part in parts))
    steps = [field.number.step for field in (total, *parts) if field.number is not None]
    coarsest = max(steps)
    return difference == 0 or (coarsest != 1 and difference * 2 <= coarsest * len(steps))


def _near(total: Field, parts: Sequence[Field], params: Params) -> bool:
    difference = abs(total.value - sum(part.value for part in parts))
    return difference * 100 <= abs(total.value) * params.near


def _across(grid: Grid, params: Params) -> Iterator[Outcome]:
    """Each column that nearly every row makes the sum of the columns beside it."""
    rows = [row for row in grid.rows if not _SET_APART.search(row.label)]
    meant = sorted(_relations(grid, rows, params), key=lambda relation: (-relation.kept, -len(relation.parts)))
    accepted: list[_Relation] = []
    for relation in meant:
        # the parts of one whole are no parts of one another: two relations may meet in a total only
        if any(relation.columns & other.columns - {relation.total, other.total} for other in accepted):
            continue
        accepted.append(relation)
        told = _told(rows, relation.total, relation.parts)
        kept = sum(_adds_up(total, cells) for _, total, cells in told)
        others = Words("其余各行都相加得上", "the other rows do add up")
        if len(told) - kept > 1:
            others = Words(f"另有{kept}行相加得上", f"{kept} rows do add up")
        for row, total, cells in told:
            outcome = _sum_outcome(total, cells, _adds_up(total, cells), "row", row.label or total.text)
            yield outcome._replace(values={**outcome.values, "others": others})


class _Relation(NamedTuple):
    """A column that is the sum of others, and the share of rows that keep it."""

    kept: Fraction
    total: int
    parts: tuple[int, ...]

    @property
    def columns(self) -> frozenset[int]:
        """The total and its parts."""
        return frozenset((self.total, *self.parts))


def _relations(grid: Grid, rows: Sequence[Row], params: Params) -> Iterator[_Relation]:
    """Every column with neighbours it is the sum of in enough rows; the rows of totals follow from the others."""
    amounts = _amounts(grid)
    single = [row for row in rows if not _TOTAL_ROW.fullmatch(row.label) and not _SUBTOTAL_ROW.fullmatch(row.label)]
    for total in amounts:
        for parts in _neighbours([column for column in amounts if _alike(grid, column, total)], total):
            told = _told(single, total, parts)
            kept = [cells for _, field, cells in told if _adds_up(field, cells)]
            telling = sum(sum(cell.value != 0 for cell in cells) > 1 for cells in kept)
            named = [_role_of(grid, column) for column in (total, *parts)]
            if named[0] == "total" and {"done", "pending"} == set(named[1:]) and len(parts) == 2:
                enough = 2 * len(kept) >= len(told) > 0  # 问题数、已整改、正在整改: the headings say it
            else:
                enough = len(kept) >= params.rows and 100 * len(kept) >= params.most * len(told) and telling >= 2
            if enough:
                yield _Relation(Fraction(len(kept), len(told)), total, parts)


def _role_of(grid: Grid, column: int) -> str:
    """What the figures of a column are by its heading: total, done, pending or nothing known."""
    label = grid.columns[column].label
    return next((role for role, words in _COLUMN_ROLES if words.search(label)), "")


def _alike(grid: Grid, one: int, other: int) -> bool:
    """Whether the headings of two columns name the same unit, or leave it open."""
    units = [match[1] if (match := _UNIT.search(grid.columns[column].label)) else "" for column in (one, other)]
    return units[0] == units[1]


def _told(rows: Sequence[Row], total: int, parts: Sequence[int]) -> list[tuple[Row, Field, list[Field]]]:
    """The rows that give a figure for the total and something for every part."""
    found = [(row, field, _cells(row, parts)) for row in rows if (field := _figure(row, total)) is not None]
    return [(row, field, cells) for row, field, cells in found if cells]


def _neighbours(amounts: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """The runs of two or more amount columns right after or right before a column."""
    after = [column for column in amounts if column > total]
    before = [column for column in amounts if column < total]
    for count in range(2, max(len(after), len(before)) + 1):
        if count <= len(after):
            yield tuple(after[:count])
        if count <= len(before):
            yield tuple(before[-count:])


def _figure(row: Row, column: int) -> Field | None:
    field = row.fields[column]
    return field if field is not None and field.number is not None else None


def _cells(row: Row, columns: Sequence[int]) -> list[Field]:
    """The cells of a row in some columns, blanks included; none when one is missing or all are blank."""
    fields = [row.fields[column] for column in columns]
    found = [field for field in fields if field is not None and (field.blank or field.number is not None)]
    return found if len(found) == len(fields) and any(field.number is not None for field in found) else []


def _sum_outcome(total: Field, parts: Sequence[Field], fits: bool, defect: str, label: str) -> Outcome:
    told = [part for part in parts if part.number is not None]
    sum_ = sum((part.value for part in told), Decimal(0))
    terms = " + ".join(format_number(part.value) for part in told)
    whole = format_number(total.value)
    return Outcome(
        "consistent" if fits else "contradicted",
        total.span,
        tuple(Evidence(part.span, "part") for part in told),
        f"{terms} = {format_number(sum_)}" + ("" if sum_ == total.value else f" {'≈' if fits else '≠'} {whole}"),
        expected=format_number(sum_),
        actual=whole,
        defect=defect,
        values={
            "label": label,
            "total": whole,
            "sum": format_number(sum_),
            "terms": terms,
            "difference": format_number(abs(sum_ - total.value)),
        },
    )


def _unsure(outcome: Outcome) -> Outcome:
    return Outcome(
        "unchecked", outcome.primary, outcome.evidence, outcome.derivation, defect=outcome.defect, reason="ambiguous"
    )


def _rates(grid: Grid, params: Params) -> Iterator[Outcome]:
    """Each column of percentages with the two columns that it nearly always is the quotient of."""
    amounts = _amounts(grid)
    for index, column in enumerate(grid.columns):
        if not _RATE.search(column.label) and (column.label or not _all_percent(grid, index)):
            continue
        told = [(row, field) for row in grid.rows if (field := _percent(row, index, column.label)) is not None]
        best: tuple[int, bool, int, int] | None = None
        for part, whole in permutations(amounts, 2):
            kept = sum(_gives(row, part, whole, field) is True for row, field in told)
            said = _role_of(grid, part) == "done" and _role_of(grid, whole) == "total"
            if best is None or (kept, said) > best[:2]:
                best = (kept, said, part, whole)
        if best is None:
            continue
        kept, said, part, whole = best
        enough = kept >= params.rows and 100 * kept >= params.most * len(told)
        if not enough and not (
            said and kept >= 2 and 2 * kept >= len(told)
        ):  # 问题数、已整改、整改率: the headings say it
            continue
        for row, field in told:
            yield from _rate_outcome(row, field, part, whole)


def _all_percent(grid: Grid, column: int) -> bool:
    """Whether the column of a table without headings tells rates: nothing but percentages."""
    fields = [field for row in grid.rows if (field := row.fields[column]) is not None and not field.blank]
    return bool(fields) and all(field.unit == "%" for field in fields)


def _percent(row: Row, column: int, label: str) -> Field | None:
    field = row.fields[column]
    if field is None or field.number is None:
        return None
    return field if field.unit == "%" or (not field.unit and "%" in label) else None


def _gives(row: Row, part: int, whole: int, rate: Field) -> bool | None:
    """Whether a row's figures give its rate; None when they cannot be divided."""
    one, other = row.fields[part], row.fields[whole]
    if one is None or other is None or other.number is None or rate.number is None or other.value <= 0:
        return None
    if one.number is None and not one.blank:
        return None
    return matches(_interval(one), _interval(other), rate.number.value, rate.number.step)


def _interval(field: Field) -> Interval:
    if field.number is None:
        return Interval.exact(0)
    return Interval.of(field.number.value, field.number.step, counted=field.number.step == 1)


def _rate_outcome(row: Row, rate: Field, part: int, whole: int) -> Iterator[Outcome]:
    fits = _gives(row, part, whole, rate)
    one, other = row.fields[part], row.fields[whole]
    if fits is None or one is None or other is None:
        return
    quotient = 100 * one.value / other.value
    places = max(1, -rate.number.step.as_tuple().exponent) if rate.number is not None else 1  # type: ignore[operator]
    worth = f"{quotient:.{places}f}%"
    figures = f"{format_number(one.value)} ÷ {format_number(other.value)}"
    yield Outcome(
        "consistent" if fits else "contradicted",
        rate.span,
        (Evidence(one.span, "part"), Evidence(other.span, "base")),
        f"{figures} = {worth}" + ("" if fits else f" ≠ {rate.text}"),
        expected=worth,
        actual=rate.text,
        defect="rate",
        values={"label": row.label or rate.text, "rate": rate.text, "figures": figures, "worth": worth},
    )


def _running(grid: Grid) -> Iterator[Outcome]:
    """The first column of running numbers: each is the next, or begins again at 1."""
    for index, column in enumerate(grid.columns):
        if not _RUNNING.fullmatch(column.label):
            continue
        numbers = [
            field for row in grid.rows if (field := _figure(row, index)) is not None and field.number is not None
        ]
        for place, (before, after) in enumerate(pairwise(numbers)):
            # behind one wrong number (1, 2, 2, 4) the next goes on from the one before that
            goes_on = place > 0 and after.value == numbers[place - 1].value + 2
            again = numbers[place + 2].value if place + 2 < len(numbers) else None
            restarts = after.value == 1 and again != before.value + 2  # 1, 1, 3 does not begin again
            fits = after.value == before.value + 1 or restarts or goes_on
            yield Outcome(
                "consistent" if fits else "contradicted",
                after.span,
                (Evidence(before.span, "previous"),),
                f"{before.text} → {after.text}",
                expected=format_number(before.value + 1),
                actual=after.text,
                defect="running",
                values={"before": before.text, "after": after.text},
            )
        return


def _quoted(claims: Claims, grid: Grid) -> Iterator[Outcome]:
    """The figures of the text that announces a table (见下表) with the totals of the columns they speak of."""
    told, near = _announced(claims, grid)
    total = next((row for row in grid.rows if _TOTAL_ROW.fullmatch(row.label)), None)
    if total is None or not told:
        return
    amounts = _amounts(grid)
    money = [index for index in amounts if _unit_of(grid, index).endswith("元")]
    for index in amounts:
        field = _figure(total, index)
        alike = [quantity for quantity in told if _measured_alike(grid, index, quantity)]
        speaking = [q for q in alike if _named_alike(grid, index, q, near=q in near)] or [
            q
            for q in alike
            if q in near and (money == [index] or _of_one_role(grid, index, q) or _names_unit(grid, index, q))
        ]
        if field is None or field.number is None or len({quantity.value for quantity in speaking}) != 1:
            continue
        quantity = _told_as(grid, index, field, told) or speaking[0]
        scale = Decimal(10) ** SCALES.get(_unit_of(grid, index)[:-1], 0) if quantity.measure == "元" else Decimal(1)
        value, step = field.value * scale, field.number.step * scale
        fits = quantity.value == value
        rounded = abs(quantity.value - value) < max(step, quantity.step)
        exact = quantity.exact and (step == quantity.step or quantity.counted or fits or not rounded)
        verdict: Verdict = ("consistent" if fits else "contradicted") if exact else "unchecked"
        yield Outcome(
            verdict,
            field.span,
            (Evidence(quantity.span, "earlier"),),
            f"{field.text} {'=' if fits else '≠'} {quantity.text}",
            expected=quantity.text,
            actual=field.text,
            defect="quoted",
            values={"label": grid.columns[index].label, "total": field.text, "told": quantity.text},
            reason="" if exact else "approximate",
        )


def _told_as(grid: Grid, column: int, field: Field, told: Sequence[Quantity]) -> Quantity | None:
    """A figure of the same sort elsewhere before the table that is the column's total: 27个问题已完成24个……措施已完成61条……如下."""
    role = _role_of(grid, column)
    same = (q for q in told if q.role == role and role and _measured_alike(grid, column, q))
    return next((q for q in same if field.number is not None and q.value == field.number.value), None)


def _unit_of(grid: Grid, column: int) -> str:
    match = _UNIT.search(grid.columns[column].label)
    return match[1] if match else ""


def _measured_alike(grid: Grid, column: int, quantity: Quantity) -> bool:
    """Whether a figure of the text has the unit that a column's heading names, if it names one."""
    unit = _unit_of(grid, column)
    money = quantity.measure == "元"
    return money == unit.endswith("元") and (not unit or money or quantity.unit == unit)


def _named_alike(grid: Grid, column: int, quantity: Quantity, *, near: bool) -> bool:
    """Whether the words of a column's heading stand before a figure: 责令整改（家） and 责令整改143家; a word as common as
    问题 must stand in the sentence that announces the table."""
    stem = _COUNTED.sub("", _UNIT.sub("", grid.columns[column].label))
    return len(stem) >= (2 if near else 3) and _EXTENT.sub("", quantity.before).endswith(stem)


def _names_unit(grid: Grid, column: int, quantity: Quantity) -> bool:
    """Whether a heading ends in the unit of a figure and its other words stand before that: 应清退户数 and 应清退60户."""
    stem = _COUNTED.sub("", grid.columns[column].label)
    return len(stem) >= 3 and stem.endswith(quantity.unit) and stem.removesuffix(quantity.unit) in quantity.before


def _of_one_role(grid: Grid, column: int, quantity: Quantity) -> bool:
    """Whether a column and a figure both tell the total of one thing, what is done of it, or what is not."""
    role = _role_of(grid, column)
    if quantity.measure == "元" or quantity.role != role or not role:
        return False
    return role != "total" or (bool(quantity.noun) and quantity.noun in grid.columns[column].label)


def _announced(claims: Claims, grid: Grid) -> tuple[list[Quantity], list[Quantity]]:
    """The figures of the paragraphs before a table, back to the last heading, if the one right before it points to it; and
    those of the sentence that does."""
    document = claims.document
    index = document.paragraph_at(grid.span.start).order - 1
    if index < 0 or not _POINTS.search(document.words(document.paragraphs[index].span)):
        return [], []
    end = start = document.paragraphs[index].span.end
    for paragraph in reversed(document.paragraphs[max(0, index - 2) : index + 1]):
        if paragraph.role != "body":
            break
        start = paragraph.span.start
    told = [q for q in claims.quantities if start <= q.span.start < end and not q.depth]
    sentence = document.sentence_at(end - 1)
    return told, [q for q in told if q.span.start >= sentence.start]


KIND = Kind(
    "table",
    Params,
    {
        "column": ("label", "total", "sum", "terms", "difference"),
        "row": ("label", "total", "sum", "terms", "difference", "others"),
        "rate": ("label", "rate", "figures", "worth"),
        "running": ("before", "after"),
        "quoted": ("label", "total", "told"),
    },
    check,
)
