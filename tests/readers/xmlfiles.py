"""Word files that are one XML text, by hand: Word 2003 XML, and a docx in its flat form."""

from __future__ import annotations

import re
import zipfile
from base64 import b64encode
from io import BytesIO

_SPACES = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:st1="urn:schemas-microsoft-com:office:smarttags"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'


def word_2003(body: str, lists: str = "", styles: str = "") -> bytes:
    """A Word 2003 XML file with this body."""
    inner = f"<w:lists>{lists}</w:lists>" if lists else ""
    inner += f"<w:styles>{styles}</w:styles>" if styles else ""
    section = f"<wx:sect><wx:sub-section>{body}</wx:sub-section><w:sectPr/></wx:sect>"
    lead = f'{_HEAD}<w:wordDocument {_SPACES} w:macrosPresent="no" xml:space="preserve">'
    return f"{lead}{inner}<w:body>{section}</w:body></w:wordDocument>".encode()


def old_para(*content: str, properties: str = "") -> str:
    """A paragraph; words that are no XML become a run."""
    inner = "".join(piece if piece.startswith("<") else f"<w:r><w:t>{piece}</w:t></w:r>" for piece in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def old_item(text: str, use: int, level: int = 0) -> str:
    """A numbered paragraph."""
    place = f'<w:listPr><w:ilvl w:val="{level}"/><w:ilfo w:val="{use}"/><wx:t wx:val="?"/></w:listPr>'
    return old_para(text, properties=place)


def old_lists(*lists: tuple[tuple[int, str], ...]) -> str:
    """Lists, used by their number from 1; each level is the number of its format and its words."""
    found = ""
    for name, levels in enumerate(lists):
        inner = "".join(
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:nfc w:val="{format_}"/><w:suff w:val="Nothing"/>'
            f'<w:lvlText w:val="{words}"/></w:lvl>'
            for index, (format_, words) in enumerate(levels)
        )
        found += f'<w:listDef w:listDefId="{name}">{inner}</w:listDef>'
    return found + "".join(f'<w:list w:ilfo="{n + 1}"><w:ilst w:val="{n}"/></w:list>' for n in range(len(lists)))


def flat(data: bytes) -> bytes:
    """A docx in its flat form, as Word saves it under .xml."""
    parts = ""
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            content = package.read(name)
            if name == "[Content_Types].xml":
                continue
            if name.endswith((".xml", ".rels")):
                inner = re.sub(r"^\ufeff?<\?xml.*?\?>", "", content.decode("utf-8"), flags=re.DOTALL)
                inner = f"<pkg:xmlData>{inner}</pkg:xmlData>"
            else:
                inner = f"<pkg:binaryData>{b64encode(content).decode()}</pkg:binaryData>"
            parts += f'<pkg:part pkg:name="/{name}" pkg:contentType="x">{inner}</pkg:part>'
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'{_HEAD}<pkg:package xmlns:pkg="{space}">{parts}</pkg:package>'.encode()
