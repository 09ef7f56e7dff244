"""OFD files made by hand, set as two sorts of programs set them.

``printed`` is what a printer driver makes: each line one object with one distance for all its characters, heads and numbers
on each page.  ``exported`` is what a word processor exports: an object for each run of like characters, scaled by a matrix,
heads on a template, parts under absolute names.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from typing import NamedTuple

SPACE = "http://www.ofdspec.org/2016"
SIZE = 5.644  # 16 points in millimetres
TITLE_SIZE = 7.761
LEFT, TOP, PITCH = 28.0, 37.0, 9.9
PER_LINE, LINES = 27, 22
_NEVER_FIRST = "，。、；：！？）》”"


class Set(NamedTuple):
    """A line that is set: its words, how far it is set in, its letters' size, and its page."""

    text: str
    left: float
    size: float
    page: int
    top: float


def width_of(text: str) -> float:
    """How many letter widths a text takes."""
    return sum(1.0 if character >= "\u2e80" or character in "“”—…‘’" else 0.5 for character in text)


def broken(text: str, first: float) -> list[str]:
    """A paragraph broken into lines of full width, ``first`` letters set in; figures stay whole, as do their units."""
    lines, line = [], ""
    room = PER_LINE - first
    for unit in re.findall(r"[0-9A-Za-z.%]+|.", text):
        if line and width_of(line + unit) > room and unit not in _NEVER_FIRST:
            lines.append(line)
            line, room = "", PER_LINE
        line += unit
    return [*lines, line]


def set_paragraphs(title: Sequence[str], paragraphs: Sequence[str]) -> list[Set]:
    """A title in centred lines, and paragraphs with their first lines set in, over as many pages as they need."""
    rows: list[tuple[str, float, float]] = []
    for line in title:
        rows.append((line, (PER_LINE * SIZE - width_of(line) * TITLE_SIZE) / 2, TITLE_SIZE))
    for paragraph in paragraphs:
        for index, line in enumerate(broken(paragraph, 2)):
            rows.append((line, 0.0 if index else 2 * SIZE, SIZE))
    return [
        Set(text, LEFT + indent, size, index // LINES, TOP + PITCH * (index % LINES))
        for index, (text, indent, size) in enumerate(rows)
    ]


def packed(parts: Mapping[str, str]) -> bytes:
    """The parts as a file."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(
                name, content if content.startswith("<?") else f'<?xml version="1.0" encoding="UTF-8"?>\n{content}'
            )
    return data.getvalue()


def printed(title: Sequence[str], paragraphs: Sequence[str], head: str = "", extra: str = "") -> bytes:
    """A file as a printer driver writes it; ``extra`` is put on the last page."""
    lines = set_paragraphs(title, paragraphs)
    count = max((line.page for line in lines), default=0) + 1
    parts = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{SPACE}" DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo>'
        "<ofd:DocID>0</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{SPACE}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297'
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(count))
        + "</ofd:Pages></ofd:Document>",
    }
    for page in range(count):
        objects = [_whole_line(line) for line in lines if line.page == page]
        if head:
            objects.insert(0, _whole_line(Set(head, 80, 3.7, page, 18)))
        objects.append(_whole_line(Set(f"— {page + 1} —", 98, 4.9, page, 272)))
        if page == count - 1:
            objects.append(extra)
        parts[f"Doc_0/Pages/Page_{page}/Content.xml"] = (
            f'<ofd:Page xmlns:ofd="{SPACE}"><ofd:Content><ofd:Layer ID="9" Type="Body">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return packed(parts)


def _whole_line(line: Set) -> str:
    wide = {width_of(character) for character in line.text}
    if len(wide) == 1:
        steps = f"g {len(line.text) - 1} {line.size * wide.pop():.3f}"
    else:
        steps = " ".join(f"{line.size * width_of(character):.3f}" for character in line.text[:-1])
    return (
        f'<ofd:TextObject ID="5" Boundary="{line.left:.3f} {line.top:.3f} {line.size * width_of(line.text):.3f} {line.size:.3f}" '
        f'Font="3" Size="{line.size}"><ofd:TextCode X="0" Y="{line.size * 0.88:.3f}" DeltaX="{steps}">'
        f"{escape(line.text)}</ofd:TextCode></ofd:TextObject>"
    )


def exported(title: Sequence[str], paragraphs: Sequence[str], head: str = "某县某局文件") -> bytes:
    """A file as a word processor exports it."""
    lines = set_paragraphs(title, paragraphs)
    count = max((line.page for line in lines), default=0) + 1
    parts = {
        "OFD.xml": f'<OFD xmlns="{SPACE}" Version="1.1"><DocBody><DocRoot>/doc_0/document.xml</DocRoot></DocBody></OFD>',
        "Doc_0/Document.xml": f'<Document xmlns="{SPACE}"><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>'
        '<TemplatePage ID="77" BaseLoc="Tpls/Tpl_0/Content.xml"/></CommonData><Pages>'
        + "".join(f'<Page ID="{n + 1}" BaseLoc="/Doc_0/Pages/Page_{n}/Content.xml"/>' for n in range(count))
        + "</Pages></Document>",
        "Doc_0/Tpls/Tpl_0/Content.xml": f'<Page xmlns="{SPACE}"><Content><Layer ID="1">{_runs(Set(head, 80, 4.2, 0, 18))}</Layer></Content></Page>',
    }
    for page in range(count):
        runs = "".join(_runs(line) for line in lines if line.page == page)
        runs += _runs(Set(str(page + 1), 104, 4.9, page, 275))
        parts[f"Doc_0/Pages/Page_{page}/Content.xml"] = (
            f'<Page xmlns="{SPACE}"><Template TemplateID="77" ZOrder="Background"/><Content><Layer ID="2"><PageBlock ID="3">'
            f"{runs}</PageBlock></Layer></Content></Page>"
        )
    return packed(parts)


def _runs(line: Set) -> str:
    """An object for each run of wide or narrow characters, in points and made small by a matrix."""
    found = []
    left = line.left
    points = line.size / 0.352778
    for run in re.findall(r"[ -~]+|[^ -~]+", line.text):
        wide = line.size * width_of(run)
        step = width_of(run[0]) * points
        spread = f' DeltaX="g {len(run) - 1} {step:.4f}"' if len(run) > 1 else ""
        found.append(
            f'<TextObject ID="4" Boundary="{left:.3f} {line.top:.3f} {wide:.3f} {line.size:.3f}" Font="2" Size="{points:.4f}" '
            f'CTM="0.352778 0 0 0.352778 0 0"><FillColor Value="0 0 0"/><TextCode X="0" Y="{points * 0.86:.4f}"{spread}>'
            f"{escape(run)}</TextCode></TextObject>"
        )
        left += wide
    return "".join(reversed(found))  # the order in the file says nothing
