"""Files of older and other office programs (doc, wps, odt, rtf, xls, et, ods), turned into Word files or workbooks by LibreOffice
and read as such.

In: the bytes of a file.  Out: its `Source` with the format and path of the original.  LibreOffice runs without a window,
in folders of its own under the temporary folder, with macros switched off and for a limited time; several may run at once.
A conversion takes seconds, so its result is kept where the options say so.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing.util
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from rectlint.errors import ReadError, RectlintError
from rectlint.readers import locked, reader_of
from rectlint.readers.options import Limits, ReadOptions
from rectlint.readers.sniffing import COMPOUND, format_of
from rectlint.source import Source

PROGRAM_VARIABLE = "RECTLINT_SOFFICE"
_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
# what WPS Office writes under its own ending is a Word 97 file
_ENDINGS = {"doc": ".doc", "wps": ".doc", "odt": ".odt", "rtf": ".rtf", "xls": ".xls", "ods": ".ods"}
_WORKBOOKS = frozenset({"xls", "ods"})
_OPTIONS = (
    "--headless",
    "--invisible",
    "--norestore",
    "--nologo",
    "--nodefault",
    "--nolockcheck",
    "--nofirststartwizard",
)
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
_MEMORY = 4 << 30
# what every file of a sort holds; anything else LibreOffice would take for a text
_MAIN_STREAMS = {
    sort: tuple(name.encode("utf-16-le") for name in names)
    for sort, names in (("doc", ("WordDocument",)), ("xls", ("Workbook", "Book")))
}
# the head of a Word 97 file, at the beginning of some sector: a mark, and the version of the format; flags follow
_WORD_97 = re.compile(rb"\xec\xa5(?:[\xc0-\xd9]\x00|[\x01-\x12]\x01).{8}", re.DOTALL)
_SMALLEST_SECTOR = 64
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Source | RectlintError]:
    """The text of a file, by way of a Word file or a workbook made from it."""
    format_ = format_of(data, path)
    if _is_locked(data, format_):
        raise locked(path)
    streams = _MAIN_STREAMS.get(format_, ())
    if streams and not (data.startswith(COMPOUND) and any(stream in data for stream in streams)):
        sort_zh, sort_en = ("不是表格文件", "workbook") if format_ in _WORKBOOKS else ("不是 Word 文档", "Word file")
        raise ReadError(
            path,
            f"{sort_zh}，或 {format_} 文件已损坏",
            f"not a {sort_en}, or a damaged {format_} file",
            *_saved_anew(format_),
        )
    target = _target(format_)
    reader = reader_of(target, path)
    for part in reader.read(_converted(data, format_, path, options), path, options):
        yield part._replace(format=format_) if isinstance(part, Source) else part


def _target(format_: str) -> str:
    return "xlsx" if format_ in _WORKBOOKS else "docx"


def _saved_anew(format_: str) -> tuple[str, str]:
    """What to do about a file that cannot be opened, in both languages."""
    target, program = _target(format_), "Excel" if format_ in _WORKBOOKS else "Word"
    return f"请用 {program} 或 WPS 打开后另存为 {target} 再检查", f"open it in {program} and save it as {target}"


def find_program(environment: Mapping[str, str] = os.environ) -> Path | None:
    """LibreOffice: where the environment says, else on the path, else where installers put it."""
    if named := environment.get(PROGRAM_VARIABLE):
        return Path(named) if Path(named).is_file() else None
    for name in _NAMES:
        if found := shutil.which(name, path=environment.get("PATH")):
            return Path(found)
    return next((place for place in map(Path, _USUAL_PLACES) if place.is_file()), None)


def _converted(data: bytes, format_: str, path: str, options: ReadOptions) -> bytes:
    program = find_program()
    if program is None:
        raise ReadError(
            path,
            f"读取 {format_} 文件需要 LibreOffice，没有找到",
            f"reading {format_} files needs LibreOffice, which was not found",
            f"请安装 LibreOffice（或用环境变量 {PROGRAM_VARIABLE} 指明位置），或另存为 {_target(format_)} 后再检查",
            f"install LibreOffice (or say where it is in {PROGRAM_VARIABLE}), or save the file as {_target(format_)}",
        )
    if options.keep is None:
        return _convert(data, format_, path, program, options.limits)
    key = hashlib.sha256(f"{_target(format_)}\0{format_}\0{_version(program)}\0".encode() + data).hexdigest()
    kept = options.keep.load(key)
    if kept is None:
        kept = _convert(data, format_, path, program, options.limits)
        options.keep.store(key, kept)
    return kept


@cache
def _version(program: Path) -> str:
    """What changes whenever another LibreOffice is installed; asking it takes as long as half a conversion."""
    place = program.resolve()
    parts = [place, place.with_name("versionrc"), place.with_name("soffice.bin"), place.with_name("version.ini")]
    states = [(part.name, part.stat()) for part in parts if part.is_file()]
    return repr([str(place), *((name, state.st_size, state.st_mtime_ns) for name, state in states)])


_lock = threading.Lock()
_profiles: dict[int, Path] = {}


def _profile() -> Path:
    """This process's own user profile; making one takes longer than converting a file."""
    folder = _profiles.get(os.getpid())
    if folder is None or not folder.is_dir():
        folder = Path(tempfile.mkdtemp(prefix="rectlint-office-"))
        settings = folder / "user" / "registrymodifications.xcu"
        settings.parent.mkdir()
        settings.write_text(_PROFILE, "utf-8")
        _profiles[os.getpid()] = folder
        # unlike atexit, this is called at the end of worker processes too
        multiprocessing.util.Finalize(None, _forget_profile, args=(folder,), exitpriority=10)
    return folder


def _forget_profile(folder: Path) -> None:
    for owner, known in list(_profiles.items()):
        if known == folder:
            del _profiles[owner]
    shutil.rmtree(folder, ignore_errors=True)


def _convert(data: bytes, format_: str, path: str, program: Path, limits: Limits) -> bytes:
    with _lock, tempfile.TemporaryDirectory(prefix="rectlint-", ignore_cleanup_errors=True) as name:
        folder, profile = Path(name), _profile()
        original = folder / f"original{_ENDINGS[format_]}"
        original.write_bytes(data)
        command = [str(program), f"-env:UserInstallation={profile.as_uri()}", *_OPTIONS]
        command += ["--convert-to", _FILTERS[_target(format_)], "--outdir", str(folder / "out"), str(original)]
        try:
            ended = _run(command, folder, limits)
        except OSError as error:
            raise ReadError(
                path,
                f"LibreOffice 启动不了：{error.strerror}",
                f"LibreOffice cannot be started: {error.strerror}",
                f"请检查 {program}，或另存为 {_target(format_)}",
                f"look at {program}, or save the file as {_target(format_)}",
            ) from None
        made = folder / "out" / f"original.{_target(format_)}"
        if ended and made.is_file():
            if made.stat().st_size > limits.bytes:
                raise ReadError(path, "转换出的文件过大，未检查", "what it converts to is too large to read")
            return made.read_bytes()
        _forget_profile(profile)
    if not ended:
        raise ReadError(
            path,
            f"LibreOffice 转换超过 {limits.seconds:g} 秒，已停止",
            f"LibreOffice took longer than {limits.seconds:g} seconds and was stopped",
            *_saved_anew(format_),
        )
    raise ReadError(
        path,
        f"LibreOffice 打不开这个 {format_} 文件，可能已损坏或加了密码",
        f"LibreOffice cannot open this {format_} file: it is damaged, or protected by a password",
        *_saved_anew(format_),
    )


def _run(command: list[str], folder: Path, limits: Limits) -> bool:
    """Run a program with ``folder`` as its home; False when its time was over and it was killed with all it started."""
    (folder / "out").mkdir()
    environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    environment |= {"TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_bounded(limits) if os.name == "posix" else None,
    )
    try:
        process.wait(limits.seconds)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        elif process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    process.wait()


def _bounded(limits: Limits) -> Callable[[], None]:
    """A function that bounds the memory of the process it runs in, and how large a file it may write."""
    import resource

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (limits.bytes, limits.bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    return bound


def _is_locked(data: bytes, format_: str) -> bool:
    """Whether a file says of itself that it is encrypted."""
    if format_ in ("odt", "ods"):
        return b"META-INF/manifest.xml" in data and _manifest_encrypts(data)
    if format_ in _WORKBOOKS:
        return False  # LibreOffice says so
    heads = (match.start() for match in _WORD_97.finditer(data) if match.start() % _SMALLEST_SECTOR == 0)
    return any(data[head + 11] & 0x01 for head in heads)


def _manifest_encrypts(data: bytes) -> bool:
    import zipfile
    from io import BytesIO

    try:
        with zipfile.ZipFile(BytesIO(data)) as package, package.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(1 << 20)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, RuntimeError, NotImplementedError):
        return False
