"""Where in a web page the article is: its blocks, its title and the line that tells when it was published.

In: a `Page`.  Out: an `Article`, ranges and indices of blocks.  A container that a known template uses for its articles is
taken at its word; otherwise the element that holds most of the running text.  Either grows to what stands round it as long
as that is no navigation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from rectlint.readers._page import Block, Page
from rectlint.records import NamedTuple

# ids and classes in which templates of offices' sites, their makers' systems and editors put the article
_KNOWN = frozenset(
    "trs_editor trs_editor_view trs_ueditor trs_paper_default zoom fontzoom j-fontcontent pages_content ucap-content view "
    "article article-content article_content articlecontent article-con article_con articlecon article-body article-main "
    "article-text article-detail artcontent art_con art-con content con_text contenttext content-text contentbox content_box "
    "content-main main-content main_content maincontent detail detail-content detail_content details-content news_content "
    "news-content newscontent newscon news_con news-detail newsdetail info_content info-content infocontent info-cont "
    "xxgk_content xxgk-content gkcontent gk_content bt-content text-content textcontent main-text main_text maintext "
    "v_news_content vsb_content vsb_content_2 vsb_content_4 vsb_content_500 wp_articlecontent wp_entry xl_content xlcontent "
    "easysite-news-text ewb-article-content ewb-article-info ewb-info-content js_content rich_media_content entry-content "
    "post-content post_content printcontent print_content printarea print_area cont_text mtext contxt con-txt".split()
)
_TITLES = re.compile(
    r"(?:^|[-_])(?:title|tit|bt|biaoti|headline|activity-name)(?:$|[-_\d])|(?:article|news|info|art|xl|con)_?-?(?:title|tit)"
)
_META = re.compile(
    r"(?:发布|公开|成文|更新|发稿|生成|印发|录入|刊发|文章|信息|稿件)?(?:时间|日期|来源|机构|文号|索引号|文机关|名称)\s*[:：|]|^\s*(?:20\d\d)[-/.年]\d{1,2}[-/.月]\d{1,2}"
)
_DATE = re.compile(r"20\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
_NAVIGATION = re.compile(
    r"当前的?位置|您的位置|您现在的位置|所在位置|首页|上一篇|下一篇|上一条|下一条|版权所有|备案号|ICP备|公网安备|网站地图|主办单位|技术支持|"
    r"分享到|扫一扫|相关(?:链接|阅读|新闻|信息|文章)|热门|推荐阅读|无障碍|登录|注册|搜索|阅读量|收藏|点赞"
)
_ATTACHMENT = re.compile(r"\s*(?:附件|附表|相关附件|附\s*[:：])")
_ENDING = re.compile(r"(?:通报|报告|公示|公告|的函|说明|通知|情况)(?:[（(].{0,20}[)）])?$")
_SUFFIX = re.compile(r"\s*(?:[_|｜]|\s[-–—]+\s|--|-(?=[^-]*(?:网|网站|门户|平台|政府|局|委|会)$))")
_BEFORE, _AFTER = 40, 12


class Article(NamedTuple):
    """The article: the block that is its title, its lines of meta data, the range of its text, and its attachments.

    ``told`` holds what only the head of the page tells: a title and a line of meta data, or empty words.
    """

    title: tuple[int, ...]
    meta: tuple[int, ...]
    start: int
    end: int
    attachments: tuple[int, ...]
    told: tuple[str, str]


class _Sums(NamedTuple):
    """Running sums over the blocks: of running text, of characters outside links, of those inside, of navigation."""

    text: list[int]
    plain: list[int]
    linked: list[int]
    navigation: list[int]


def find_article(page: Page) -> Article:
    """Find the article of a page; the whole page when nothing in it stands out."""
    blocks = page.blocks
    sums = _sums(blocks)
    start, end = _grown(page, sums, _core(page, sums))
    title, told_title = _title(page, start, end)
    meta = tuple(_meta(blocks, title[0] if title else max(0, start - _BEFORE), start))
    told_meta = "" if meta or _tells_date(blocks, start, end) else _told_meta(page)
    return Article(title, meta, start, end, tuple(_attachments(blocks, end)), (told_title, told_meta))


def running_text(block: Block) -> int:
    """How much a block looks like an article: the characters of sentences outside links."""
    if block.kind == "table":
        return block.plain // 2
    if block.kind != "paragraph" or block.plain < 12 or block.linked > block.plain:
        return 0
    return len(block.text) if any(mark in block.text for mark in "。；，：;,") else 0


def _sums(blocks: list[Block]) -> _Sums:
    return _Sums(
        list(accumulate((running_text(block) for block in blocks), initial=0)),
        list(accumulate((block.plain for block in blocks), initial=0)),
        list(accumulate((block.linked for block in blocks), initial=0)),
        list(accumulate((_is_navigation(block) for block in blocks), initial=0)),
    )


def _is_navigation(block: Block) -> bool:
    if block.kind != "paragraph" or len(block.text) > 80 or "。" in block.text:
        return False
    return _NAVIGATION.search(block.text) is not None or (block.linked > block.plain and not block.file)


def _core(page: Page, sums: _Sums) -> int:
    """The index of the element the article is sure to be in."""
    holders, text = page.holders, sums.text
    if not holders:
        return -1
    total = text[-1]
    known = [
        index
        for index, holder in enumerate(holders)
        if (holder.tag == "article" or not _KNOWN.isdisjoint(holder.names))
        and _within(text, page, index) * 2 >= total > 0
    ]
    if known:
        most = max(_within(text, page, index) for index in known)
        return max(index for index in known if _within(text, page, index) * 100 >= most * 95)
    children: dict[int, list[int]] = {}
    for index, holder in enumerate(holders):
        children.setdefault(holder.parent, []).append(index)
    core = 0
    while below := children.get(core):
        best = max(below, key=lambda index: _within(text, page, index))
        held = _within(text, page, best)
        if held * 10 < _within(text, page, core) * 7 or not held or holders[best].tag in ("p", "tr", "li", "ol", "ul"):
            break
        core = best
    return core


def _within(sums: list[int], page: Page, index: int) -> int:
    return sums[page.holders[index].end] - sums[page.holders[index].start]


def _grown(page: Page, sums: _Sums, core: int) -> tuple[int, int]:
    """The range of the element ``core`` with as much round it as is no navigation."""
    if core < 0:
        return 0, len(page.blocks)
    holder = page.holders[core]
    start, end = holder.start, holder.end
    while holder.parent >= 0:
        outer = page.holders[holder.parent]
        added = [(outer.start, start), (end, outer.end)]
        plain = sum(sums.plain[right] - sums.plain[left] for left, right in added)
        linked = sum(sums.linked[right] - sums.linked[left] for left, right in added)
        navigation = sum(sums.navigation[right] - sums.navigation[left] for left, right in added)
        if navigation or linked * 3 > plain or outer.tag == "form":
            break
        start, end, holder = outer.start, outer.end, outer
    return start, end


def _title(page: Page, start: int, end: int) -> tuple[tuple[int, ...], str]:
    """The block before the article that is its title; else the title as the head tells it, if the article has none."""
    blocks = page.blocks
    told = page.meta.get("articletitle", "") or _SUFFIX.split(page.title)[0].strip()
    key = _key(told)
    opening = [block for block in blocks[start : min(end, start + 8)] if block.kind == "paragraph"]
    found = -1
    for index in range(start - 1, max(-1, start - _BEFORE - 1), -1):
        block = blocks[index]
        if block.kind != "paragraph" or not 6 <= len(block.text) <= 150 or block.linked > block.plain:
            continue
        words = _key(block.text)
        if len(key) >= 6 and (words == key or (words in key and len(words) * 2 > len(key))):
            found = index
            break
        if found < 0 and _looks_like_title(page, block):
            found = index
    inside = {_key(block.text) for block in opening}
    if found >= 0:
        return ((), "") if _key(blocks[found].text) in inside else ((found,), "")
    has_title = any("。" not in block.text and _ENDING.search(block.text) for block in opening)
    fits = len(key) >= 8 and _ENDING.search(told) is not None and key not in inside
    return (), told if fits and not has_title else ""


def _looks_like_title(page: Page, block: Block) -> bool:
    index = block.holder
    for _ in range(2):
        if index < 0:
            return False
        holder = page.holders[index]
        if holder.tag in ("h1", "h2", "h3") or any(_TITLES.search(name) for name in holder.names):
            return _NAVIGATION.search(block.text) is None
        index = holder.parent
    return False


def _key(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _meta(blocks: list[Block], start: int, end: int) -> Iterator[int]:
    """The lines between title and article that tell when and by whom it was published."""
    for index in range(start, end):
        block = blocks[index]
        if block.kind == "table":
            if _META.search(block.text) and len(block.text) < 600 and block.linked * 2 < block.plain:
                yield index
        elif (
            block.kind == "paragraph"
            and len(block.text) < 200
            and block.linked <= block.plain + 20
            and _META.search(block.text)
        ):
            yield index


def _tells_date(blocks: list[Block], start: int, end: int) -> bool:
    return any(_META.search(block.text) and _DATE.search(block.text) for block in blocks[start : min(end, start + 6)])


def _told_meta(page: Page) -> str:
    date, source = page.meta.get("pubdate", ""), page.meta.get("contentsource", "")
    if not _DATE.match(date):
        return ""
    return f"发布时间：{date}" + (f" 来源：{source}" if source else "")


def _attachments(blocks: list[Block], start: int) -> Iterator[int]:
    """The list of attachments that some templates set below the article."""
    for index in range(start, min(len(blocks), start + _AFTER)):
        block = blocks[index]
        if block.kind == "paragraph" and len(block.text) < 150 and (block.file or _ATTACHMENT.match(block.text)):
            yield index
