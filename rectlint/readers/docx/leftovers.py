"""What a Word file holds beside the text that is checked, said in notes.

In: the parts of a file and what its reader counted.  Out: the words of the notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from rectlint.readers.docx.package import Package, W
from rectlint.readers.options import Revisions
from rectlint.report import Words

_REVISIONS = [W + name for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "pPrChange", "rPrChange")]
_HAN = range(0x4E00, 0xA000)


def leftovers(package: Package, tree: etree._Element, left_out: Counter[str], revisions: Revisions) -> Iterator[Words]:
    """Everything the reader of a run should know, most important first."""
    changed = sum(1 for _ in tree.iter(*_REVISIONS))
    if changed:
        yield _revisions(changed, revisions)
    if left_out["chunk"]:
        count = left_out["chunk"]
        yield Words(f"嵌入的其他文档没有读取：{count} 处", f"embedded documents not read: {count}")
    if left_out["hidden"]:
        count = left_out["hidden"]
        yield Words(f"隐藏文字没有检查：{count} 字", f"hidden text not checked: {count} characters")
    if left_out["struck"]:
        count = left_out["struck"]
        yield Words(f"带删除线的文字没有检查：{count} 字", f"struck-out text not checked: {count} characters")
    for kind, zh, en in _COUNTED:
        if left_out[kind]:
            yield Words(f"{zh}：{left_out[kind]} 处", f"{en}: {left_out[kind]}")
    if left_out["contents"]:
        yield Words("目录没有检查", "the table of contents was not checked")
    if _has_words(package, "header") or _has_words(package, "footer"):
        yield Words("页眉页脚没有检查", "headers and footers were not checked")
    comments = package.tree("comments")
    if comments is not None and (count := sum(1 for _ in comments.iter(f"{W}comment"))):
        yield Words(f"批注没有检查：{count} 条", f"comments not checked: {count}")
    if any(name.endswith("vbaProject.bin") for name in package.names):
        yield Words("文件含有宏，没有运行", "the file holds macros, which were not run")


_COUNTED = (
    ("picture", "图片里的文字没有读取", "pictures whose text was not read"),
    ("drawn", "图表、艺术字和嵌入对象没有读取", "charts, drawn words and embedded objects not read"),
    ("symbol", "无法辨认的图形符号没有读取", "symbols of an unknown look not read"),
    ("equation", "公式域没有读取", "equation fields not read"),
    ("number field", "编号域（LISTNUM、AUTONUM）没有读取", "number fields (LISTNUM, AUTONUM) not read"),
)


def _revisions(count: int, revisions: Revisions) -> Words:
    if revisions == "accepted":
        return Words(
            f"文中有修订 {count} 处，按接受修订后的文字检查；要检查修订前的文字，加 --tracked-changes rejected",
            f"tracked changes: {count}, read as accepted; for the text before them use --tracked-changes rejected",
        )
    return Words(f"文中有修订 {count} 处，按拒绝修订后的文字检查", f"tracked changes: {count}, read as rejected")


def _has_words(package: Package, kind: str) -> bool:
    """Whether headers or footers say anything in Chinese."""
    for name in package.related(package.main, kind):
        for text in package.xml(name).iter(f"{W}t"):
            if any(ord(character) in _HAN for character in text.text or ""):
                return True
    return False
