"""The parts of a Word file: XML in a zip, opened within bounds.

In: the bytes of a file.  Out: its parts as trees, found by their relations.  No entity is resolved, nothing is fetched,
nothing is unpacked to disk; a part that is too large, too deep or not well-formed is a `ReadError`.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from rectlint.errors import ReadError
from rectlint.readers import locked
from rectlint.readers.options import Limits
from rectlint.readers.sniffing import COMPOUND
from rectlint.readers.trees import has_too_many_nodes, refuse_doctype, tree_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
CONTENT_TYPES = "[Content_Types].xml"

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO 29500 Strict has other names for the same things
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M[1:-1].encode(),
}
# a small part may be packed as densely as it likes
_RATIO_FROM = 1024 * 1024


class Package:
    """An open Word file."""

    def __init__(self, data: bytes, path: str, limits: Limits) -> None:
        if data.startswith(COMPOUND):
            raise locked(path)
        self.path = path
        self._limits = limits
        self._left = limits.bytes
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise _damaged(path) from None
        if len(self._zip.infolist()) > limits.parts:
            raise ReadError(path, "文件的部件太多", "the file has too many parts")
        self.names = frozenset(self._zip.namelist())
        self.strict: set[str] = set()
        self.main = next(iter(self.related("", "officeDocument")), "word/document.xml")
        if self.main not in self.names:
            raise _damaged(path)

    def data(self, name: str) -> bytes:
        """A part as it stands in the file."""
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise locked(self.path)
        dense = info.file_size > _RATIO_FROM and info.file_size > info.compress_size * self._limits.ratio
        if dense or info.file_size > self._left:
            raise self._too_large(name)
        try:
            with self._zip.open(info) as file:
                data = file.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError):
            raise _damaged(self.path) from None
        if len(data) > self._left:
            raise self._too_large(name)
        self._left -= len(data)
        return data

    def xml(self, name: str) -> etree._Element:
        """A part as a tree, in the names of ISO 29500 Transitional."""
        data = self.data(name)
        refuse_doctype(data, self.path, name, "Word")
        if has_too_many_nodes(data, self._limits):
            raise self._too_large(name)
        for strict, transitional in _STRICT.items():
            if strict in data:
                self.strict.add(name)
                data = data.replace(strict, transitional)
        try:
            return tree_of(data)
        except (etree.XMLSyntaxError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else "XML"
            raise ReadError(
                self.path,
                f"{name} 无法读取（{reason}）",
                f"{name} cannot be read ({reason})",
                "请在 Word 或 WPS 中打开并另存后再检查",
                "open it in Word and save it again",
            ) from None

    def serialized(self, name: str, root: etree._Element) -> bytes:
        """A tree as the bytes of a part, in the names that the part had."""
        data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
        if name in self.strict:
            for strict, transitional in _STRICT.items():
                data = data.replace(transitional, strict)
        return data

    def related(self, source: str, kind: str) -> list[str]:
        """The parts that ``source`` ("" for the file itself) is related to in a way of this kind, as far as they exist."""
        name = relations_of(source)
        if name not in self.names:
            return []
        folder = posixpath.dirname(source)
        found: list[str] = []
        for relation in self.xml(name).iter(_RELATION):
            if relation.get("Type", "").rpartition("/")[2] != kind or relation.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            if target in self.names:
                found.append(target)
        return found

    def tree(self, kind: str) -> etree._Element | None:
        """The part of this kind that the main document is related to."""
        names = self.related(self.main, kind)
        return self.xml(names[0]) if names else None

    def rewritten(self, parts: dict[str, bytes]) -> bytes:
        """The file with these parts replaced or added; all others are as they were."""
        target = BytesIO()
        if sum(info.file_size for info in self._zip.infolist()) > self._limits.bytes:
            raise self._too_large(self.path)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in self._zip.infolist():
                try:
                    data = parts[info.filename] if info.filename in parts else self._zip.read(info)
                except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError):
                    raise _damaged(self.path) from None
                archive.writestr(info, data)
            for name, data in parts.items():
                if name not in self.names:
                    archive.writestr(name, data)
        return target.getvalue()

    def _too_large(self, name: str) -> ReadError:
        return ReadError(
            self.path,
            f"{name} 解压后过大，没有读取",
            f"{name} is too large when unpacked and was not read",
            "正常的通报不会这么大，请核实文件来源",
            "no bulletin is that large: check where the file comes from",
        )


def relations_of(name: str) -> str:
    """The part that holds the relations of a part."""
    folder, _, base = name.rpartition("/")
    return f"{folder}/_rels/{base}.rels".lstrip("/")


def _damaged(path: str) -> ReadError:
    return ReadError(
        path,
        "不是完整的 Word 文件",
        "not a whole Word file",
        "可能没有下载完整，请重新获取",
        "it may have been cut short: fetch it again",
    )
