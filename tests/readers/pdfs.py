"""PDFs of the same bulletin from several producers: LibreOffice, Chromium, and reportlab with an embedded font."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from html import escape
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from tests.readers.pages import Bulletin

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")


def office(bulletin: Bulletin) -> bytes:
    """Set in Word's way by LibreOffice: title centred, first lines set in, page numbers below."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(bulletin.title).font.size = Pt(22)
    for index, text in enumerate((bulletin.meta, *bulletin.paragraphs)):
        if text:
            paragraph = document.add_paragraph()
            paragraph.add_run(text).font.size = Pt(16)
            paragraph.paragraph_format.space_after = Pt(0)
            if index:
                paragraph.paragraph_format.first_line_indent = Pt(32)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_field(footer)
    saved = BytesIO()
    document.save(saved)
    return converted(saved.getvalue(), "docx")


def _page_field(paragraph: object) -> None:
    """- 3 -, counted by the program that sets the pages."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run("- ")  # type: ignore[attr-defined]
    run = paragraph.add_run()  # type: ignore[attr-defined]
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)
    paragraph.add_run(" -")  # type: ignore[attr-defined]


def plain_office(bulletin: Bulletin) -> bytes:
    """A plain text that LibreOffice printed: nothing set in, nothing larger."""
    text = "\n".join(part for part in (bulletin.title, bulletin.meta, *bulletin.paragraphs) if part)
    return converted(text.encode("utf-8-sig"), "txt")


def converted(data: bytes, ending: str) -> bytes:
    """A document as PDF by LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"a.{ending}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (Path(folder) / "a.pdf").read_bytes()


def browser(bulletin: Bulletin) -> bytes:
    """A page printed by Chromium, with its own head and foot."""
    body = "".join(f"<p>{escape(p)}</p>" for p in bulletin.paragraphs)
    return printed(
        f"<html><head><meta charset=utf-8><title>{escape(bulletin.title)}</title><style>body {{ font: 16px 'Noto Serif CJK SC'; }}"
        f" p {{ text-indent: 2em; line-height: 1.8; }}</style></head><body><h1 style='text-align:center'>{escape(bulletin.title)}</h1>"
        f"<div style='text-align:center'>{escape(bulletin.meta)}</div>{body}</body></html>",
        heads=True,
    )


def printed(html: str, *, heads: bool = False) -> bytes:
    """A page as PDF by Chromium."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "a.html", Path(folder) / "a.pdf"
        source.write_text(html, "utf-8")
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += [] if heads else ["--no-pdf-header-footer"]
        command += [f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return target.read_bytes()


def reportlab(bulletin: Bulletin, columns: int = 1) -> bytes:
    """Set by reportlab with an embedded font: a running head, 第 1 页 共 9 页."""
    return laid_out(
        [("title", bulletin.title), ("centre", bulletin.meta), *(("text", p) for p in bulletin.paragraphs)],
        columns=columns,
    )


def two_columns(bulletin: Bulletin) -> bytes:
    """The same in two columns below a title that runs over both."""
    return reportlab(bulletin, columns=2)


def laid_out(parts: object, *, columns: int = 1, encrypt: str | None = None) -> bytes:
    """Parts as a PDF: pairs of a style and words, or the rows of a table."""
    if not FONT.is_file():
        pytest.skip("the font WenQuanYi Zen Hei (fonts-wqy-zenhei) is not installed")
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

    pdfmetrics.registerFont(TTFont("Hei", str(FONT), subfontIndex=0))
    styles = {
        "title": ParagraphStyle("title", fontName="Hei", fontSize=18, leading=26, alignment=TA_CENTER, wordWrap="CJK"),
        "centre": ParagraphStyle(
            "centre", fontName="Hei", fontSize=10, leading=16, alignment=TA_CENTER, wordWrap="CJK"
        ),
        "text": ParagraphStyle("text", fontName="Hei", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK"),
    }
    flow = []
    for part in parts:  # type: ignore[attr-defined]
        if isinstance(part, list):
            grid = [("FONT", (0, 0), (-1, -1), "Hei", 10), ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))]
            flow.append(Table(part, style=grid, repeatRows=1, colWidths=90))
        elif part[1]:
            flow.append(Paragraph(escape(part[1]), styles[part[0]]))
    data = BytesIO()
    width, height = A4
    document = BaseDocTemplate(data, pagesize=A4, encrypt=encrypt)
    wide = (width - 120 - 20 * (columns - 1)) / columns
    frames = [Frame(60 + i * (wide + 20), 70, wide, height - 140, 0, 0, 0, 0) for i in range(columns)]

    def heads(canvas: object, _: object) -> None:
        canvas.setFont("Hei", 9)  # type: ignore[attr-defined]
        canvas.drawString(60, height - 40, "某某镇整改材料汇编")  # type: ignore[attr-defined]
        canvas.drawCentredString(width / 2, 40, f"第 {canvas.getPageNumber()} 页 共 9 页")  # type: ignore[attr-defined]

    document.addPageTemplates([PageTemplate(frames=frames, onPage=heads)])
    document.build(flow)
    return data.getvalue()


def scanned(data: bytes) -> bytes:
    """Pictures of a PDF's pages, as a PDF."""
    document = pypdfium2.PdfDocument(data)
    first, *rest = [page.render(scale=1).to_pil() for page in document]
    saved = BytesIO()
    first.save(saved, "PDF", save_all=True, append_images=rest)
    return saved.getvalue()


def seen_through(words: str) -> bytes:
    """A picture of a page with words behind it that are not painted, as programs for recognising text leave it."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    picture = pypdfium2.PdfDocument(laid_out([("text", words)]))[0].render(scale=1).to_pil()
    pdfmetrics.registerFont(TTFont("Hei", str(FONT), subfontIndex=0))
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    text = canvas.beginText(60, 700)
    text.setFont("Hei", 12)
    text.setTextRenderMode(3)
    for start in range(0, len(words), 30):
        text.textLine(words[start : start + 30])
    canvas.drawText(text)
    canvas.save()
    return data.getvalue()


PRODUCERS: Mapping[str, Callable[[Bulletin], bytes]] = {
    "LibreOffice": office,
    "LibreOffice from text": plain_office,
    "Chromium": browser,
    "reportlab": reportlab,
    "reportlab in two columns": two_columns,
}
