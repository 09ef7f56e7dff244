"""Web pages of invented sites: the same article in the templates that offices' sites, Word and WeChat editors make of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple


class Bulletin(NamedTuple):
    """A bulletin taken apart: its title, the line below that tells when it was published, and its paragraphs."""

    title: str
    meta: str
    paragraphs: tuple[str, ...]


_META = re.compile(r"(?:发布|来源|成文)\S{0,4}[:：]")
_NAVIGATION = re.compile(r"当前的?位置|上一篇|下一篇|返回顶部")


def taken_apart(text: str) -> Bulletin:
    """The parts of a bulletin in plain text with one paragraph a line."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not _NAVIGATION.search(line)]
    meta = next((line for line in lines[:4] if _META.search(line)), "")
    return Bulletin(lines[0], meta, tuple(line for line in lines[1:] if line != meta))


_MENU = "".join(
    f'<li><a href="/{name}/">{name}</a></li>' for name in ("网站首页", "要闻动态", "政务公开", "办事服务", "互动交流")
)
_RELATED = "".join(
    f'<li><a href="/n/{n}.html">某镇召开第{n}次巡察整改推进会，部署{n + 3}项重点任务</a><span>2024-0{n}-1{n}</span></li>'
    for n in range(1, 8)
)


def county_site(bulletin: Bulletin) -> bytes:
    """A publishing system of the TRS sort: heading, line of data, editor's container, attachments, related links, footer."""
    body = "".join(
        f'<p style="text-indent: 2em; text-align: justify;">\n{escape(p)}</p>\n' for p in bulletin.paragraphs
    )
    return f"""<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>{escape(bulletin.title)}_梧岭县人民政府</title>
<meta name="SiteName" content="梧岭县人民政府"><meta name="ArticleTitle" content="{escape(bulletin.title)}">
<style>.TRS_UEDITOR p {{ margin: 1em 0; }}</style><script>var id = "t2024_118";</script></head>
<body><div class="header"><ul class="nav">{_MENU}</ul><form><input value="请输入关键字"><button>搜索</button></form></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/xc/">巡察整改</a></div>
<div class="main"><h1 class="article-title">{escape(bulletin.title)}</h1>
<div class="info"><span>{escape(bulletin.meta)}</span> <span class="fs">字体：【<a>大</a> <a>中</a> <a>小</a>】</span></div>
<div class="view TRS_UEDITOR trs_paper_default">{body}</div>
<div class="share">分享到：<a>微信</a><a>微博</a></div></div>
<div class="side"><h3>相关阅读</h3><ul>{_RELATED}</ul></div>
<div class="footer"><p>主办单位：梧岭县人民政府办公室，承办：县大数据中心。版权所有</p><p>备案号：某ICP备00000000号</p></div>
<script src="/js/stat.js"></script></body></html>""".encode()


def table_site(bulletin: Bulletin) -> bytes:
    """A site of twenty years ago in GB2312: nested tables, breaks and ideographic spaces for paragraphs."""
    body = "<br>\r\n".join(f"　　{escape(p)}" for p in bulletin.paragraphs)
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{escape(bulletin.title)}</title></head><body bgcolor=#ffffff>
<table width=1000 align=center><tr><td><a href=index.htm>首页</a> | <a href=a.htm>机构设置</a> | <a href=b.htm>通知公告</a></td></tr></table>
<table width=1000><tr><td width=200 valign=top><table><tr><td><a href=1.htm>关于开展巡察整改督查的通知</a></td></tr>
<tr><td><a href=2.htm>关于做好汛期值班工作的通知</a></td></tr></table></td>
<td width=800><table><tr><td align=center><font size=4><b class=title>{escape(bulletin.title)}</b></font></td></tr>
<tr><td align=center>{escape(bulletin.meta)} &nbsp;&nbsp;【<a href="#">打印</a>】【<a href="#">关闭</a>】</td></tr>
<tr><td id=zoom>{body}</td></tr></table></td></tr></table>
<table width=1000><tr><td align=center>版权所有：石桥县某局　技术支持：某网络公司</td></tr></table></body></html>""".encode(
        "gb18030"
    )


def city_site(bulletin: Bulletin) -> bytes:
    """A city portal: data in a table, the article in a container with paragraphs in spans, full of non-breaking spaces."""
    body = "\n".join(
        f'<p class="p"><span style="font-family: 仿宋_GB2312; font-size: 16pt;">&nbsp;&nbsp;&nbsp;&nbsp;{escape(p)}</span></p><p><br/></p>'
        for p in bulletin.paragraphs
    )
    return f"""<!doctype html><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>
<title>{escape(bulletin.title)} - 沂川市门户网站</title></head><body>
<header><nav><ul>{_MENU}</ul></nav></header>
<div class="con"><div class="tit">{escape(bulletin.title)}</div>
<div class="sub"><span>{escape(bulletin.meta)}</span></div>
<div id="UCAP-CONTENT"><div class="inner">{body}</div></div></div>
<div class="page-nav"><p>上一篇：<a href="/3">关于市级部门预算公开的通知</a></p><p>下一篇：<a href="/5">关于节假日安排的通知</a></p></div>
<footer><a href="/map">网站地图</a><p>版权所有 沂川市人民政府办公室，未经许可不得转载。</p></footer></body></html>""".encode()


def unknown_site(bulletin: Bulletin) -> bytes:
    """A template nobody has heard of: only where the text is tells where the article is."""
    body = "".join(f"<div>{escape(p)}</div>" for p in bulletin.paragraphs)
    news = "".join(
        f"<li><a href='/{n}'>我市第{n}季度项目推进会召开，要求抓好{n + 2}件实事</a></li>" for n in range(1, 9)
    )
    return f"""<html><head><meta charset="utf-8"><title>{escape(bulletin.title)}</title></head><body>
<div class="q1"><a href="/">首页</a><a href="/b">新闻</a></div><div class="q2"><ul>{news}</ul></div>
<div class="q3"><h2>{escape(bulletin.title)}</h2><p>{escape(bulletin.meta)}</p><div class="q4">{body}</div></div>
<div class="q5"><a href="/x">网站地图</a> 版权所有</div></body></html>""".encode()


def word_page(bulletin: Bulletin) -> bytes:
    """What Word saves as a web page: source lines wrapped in mid-word, styles, conditional comments, tracked deletions."""
    wrap = re.compile(r"(.{36})")
    body = "".join(
        "<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt;mso-line-height-rule:exactly'><span\n"
        f"style='font-size:16.0pt;font-family:仿宋_GB2312'>{wrap.sub(_wrapped, escape(p))}<span\n"
        "lang=EN-US><o:p></o:p></span></span></p>\n\n"
        for p in (bulletin.meta, *bulletin.paragraphs)
    )
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0cm; font-size:10.5pt;}} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1 style='layout-grid:15.6pt'>
<p class=MsoNormal align=center style='text-align:center'><b>{escape(bulletin.title)}<o:p></o:p></b></p>
{body}<p class=MsoNormal><![if !supportEmptyParas]>&nbsp;<![endif]><o:p></o:p></p></div></body></html>""".encode(
        "gb18030"
    )


def _wrapped(match: re.Match[str]) -> str:
    """A break in the source where a browser shows none."""
    whole = not re.search(r"&\w*$", match[1]) and match[1][-1] > "\u2e80"
    following = match.string[match.end() : match.end() + 1]
    return match[1] + ("\r\n" if whole and following > "\u2e80" else "")


def feed_page(bulletin: Bulletin) -> bytes:
    """A feed's editor: sections in sections, each paragraph in spans of its own, the whole hidden until a script shows it."""
    body = "".join(
        '<section style="margin: 8px;" data-tools="x"><section style="display: block;"><section><p style="line-height: 2em;">'
        f'<span style="font-size: 15px;"><span leaf="">{escape(p[:20])}</span></span><span>{escape(p[20:])}</span></p></section>'
        "</section></section>"
        for p in (bulletin.meta, *bulletin.paragraphs)
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="{escape(bulletin.title)}"></head>
<body id="activity-detail"><div id="js_article"><div id="img-content"><h1 class="rich_media_title" id="activity-name">
 {escape(bulletin.title)}
</h1><div id="meta_content"><span class="rich_media_meta">原创</span> <a href="javascript:void(0);">清风某县</a></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;">{body}<p><img data-src="qr.png"/></p></div>
</div></div><div id="js_pc_qr_code" style="display:none;"><p>微信扫一扫，关注该公众号。</p></div>
<script>document.getElementById("js_content").style.visibility = "visible";</script></body></html>""".encode()


PAGES: Sequence[Callable[[Bulletin], bytes]] = (county_site, table_site, city_site, unknown_site, word_page, feed_page)
