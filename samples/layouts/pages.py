"""The same article in the markup of many systems, themes and hand-made sites.

Each layout is a way to lay out a page that portals use; around the article stand menus, columns,
clocks, counters, related lists and footers. Class names and structures are those of the systems;
all words are invented.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from samples.layouts.articles import Printed
from samples.layouts.parts import (
    CLOCK,
    FOOTER,
    MENU,
    OTHERS,
    SIDEBAR,
    SITE,
    body,
    day,
    day_and_hour,
    files,
    hour,
    moment,
    page,
    related,
    weekday,
)

Layout = Callable[[Printed], str]
LAYOUTS: dict[str, tuple[Layout, str]] = {}


def layout(
    url: str = "https://skhcn.example.gov.vn/tin-tuc/bai-viet-so-123.html",
) -> Callable[[Layout], Layout]:
    """Enter a layout, with an address such pages have."""

    def enter(draw: Layout) -> Layout:
        LAYOUTS[draw.__name__] = (draw, url)
        return draw

    return enter


@layout()
def joomla3(a: Printed) -> str:
    return page(
        f'<header><div class=logo><a href=/>{SITE}</a></div><nav class=navigation>{MENU}</nav></header><div class="container"><div class="row-fluid"><main id=content class=span9><div id="system-message-container"></div><div class="item-page" itemscope itemtype="https://schema.org/Article"><meta itemprop="inLanguage" content="vi-VN"><div class="page-header"><h2 itemprop="headline">{a.title}</h2></div><div class="icons"><div class="btn-group pull-right"><button></button><ul class="dropdown-menu"><li class="print-icon"><a href="?tmpl=component&print=1">In</a></li><li class="email-icon"><a href="/component/mailto">Email</a></li></ul></div></div><dl class="article-info muted"><dt class="article-info-term">Chi tiết</dt><dd class="createdby">Viết bởi <span itemprop="name">Super User</span></dd><dd class="category-name">Chuyên mục: <a href=/x>Tin hoạt động</a></dd><dd class="published"><span class="icon-calendar"></span><time datetime="{a.date}+07:00" itemprop="datePublished">Được đăng: {day(a, " Tháng ").replace(" Tháng ", " Tháng ", 1).rsplit(" Tháng ", 1)[0]} {moment(a)[0].year}</time></dd><dd class="hits">Lượt xem: 432</dd></dl><div itemprop="articleBody">{f"<p><strong>{a.sapo}</strong></p>" if a.sapo else ""}{body(a)}</div><ul class="pager pagenav"><li class="previous"><a href=/a>Trước</a></li><li class="next"><a href=/b>Tiếp theo</a></li></ul></div></main><div id=aside class=span3>{SIDEBAR}</div></div></div><footer>{FOOTER}</footer>',
        a.title,
        '<meta name=generator content="Joomla! - Open Source Content Management">',
    )


@layout("https://khcn.example.vn/index.php/tin-tuc/item/456-bai-viet")
def k2(a: Printed) -> str:
    return page(
        f'<div id=top>{MENU}</div><div id="k2Container" class="itemView"><div class="itemHeader"><span class="itemDateCreated">{weekday(a)}, {moment(a)[0].day} Tháng {moment(a)[0].month} {moment(a)[0].year} {hour(a)}</span><h2 class="itemTitle">{a.title}</h2><span class="itemAuthor">Viết bởi&nbsp; <a href=/u>Administrator</a></span></div><div class="itemToolbar"><ul><li><span class="itemTextResizerTitle">cỡ chữ</span> <a id="fontDecrease">giảm kích thước chữ</a> <a id="fontIncrease">tăng kích thước chữ</a></li><li><a class="itemPrintLink">In ấn</a></li><li><a class=itemEmailLink>E-mail</a></li><li><a class=itemCommentsLink>Bình luận</a></li></ul></div><div class="itemRatingBlock"><span>Đánh giá mục này</span><div class="itemRatingForm"><ul class="itemRatingList"><li><a href=/x>1</a></li><li><a href=/x>2</a></li><li><a href=/x>3</a></li><li><a href=/x>4</a></li><li><a href=/x>5</a></li></ul><div class=itemRatingLog>(0 bình chọn)</div></div></div><div class="itemBody">{f"<div class=itemIntroText><p>{a.sapo}</p></div>" if a.sapo else ""}<div class="itemFullText">{body(a, files=False)}</div><div class="itemContentFooter"><span class="itemHits">Đọc <b>123</b> lần</span><span class="itemDateModified">Sửa lần cuối {weekday(a)}, 20 Tháng 6 2024 10:00</span></div></div><div class="itemLinks"><div class="itemCategory"><span>Xuất bản trong</span> <a href=/c>Tin tức</a></div><div class="itemAttachmentsBlock"><span>Tải tập tin đính kèm:</span><ul class=itemAttachments>{"".join(f"<li><a href={u}>{l}</a> <span>(12 lượt tải)</span></li>" for u, l in a.files)}</ul></div></div><div class="itemRelated"><h3>Các mục liên quan (theo từ khóa)</h3><ul>{"".join(f"<li><a href=/y>{t}</a></li>" for t, d in OTHERS)}</ul></div><div class="itemNavigation"><span class="itemNavigationTitle">Mục khác trong chuyên mục này:</span><a href=/x>&laquo; Bài trước</a><a href=/x>Bài sau &raquo;</a></div></div><div class=sidebar>{SIDEBAR}</div>{FOOTER}',
        f"{a.title} - {SITE}",
    )


@layout("https://sokhcn.example.gov.vn/node/7788")
def drupal7(a: Printed) -> str:
    return page(
        f'<div id="page"><div id=header><a href=/ id=logo></a><div id=site-name><h1><a href=/>{SITE}</a></h1></div><div id=site-slogan>Khoa học và công nghệ là quốc sách hàng đầu</div></div><div id=main-menu>{MENU}</div><div id="breadcrumb"><a href=/>Trang chủ</a> » <a href=/t>Tin tức</a></div><div id="content"><h1 class="title" id="page-title">{a.title}</h1><div class=tabs></div><div class="region region-content"><div id="node-7788" class="node node-article"><div class="content clearfix"><div class="meta submitted">Được đăng bởi <span class=username>quantri</span> vào {["T2", "T3", "T4", "T5", "T6", "T7", "CN"][moment(a)[0].weekday()]}, {day(a)} - {hour(a) or "00:00"}</div>{f"<div class=field-name-field-tom-tat><div class=field-items><div class=field-item>{a.sapo}</div></div></div>" if a.sapo else ""}<div class="field field-name-body"><div class="field-items"><div class="field-item even" property="content:encoded">{body(a, files=False)}</div></div></div>{("<div class=field-name-field-file><div class=field-label>Tệp đính kèm:&nbsp;</div>" + "".join(f"<span class=file><img class=file-icon src=/modules/file/icons/x.png> <a href={u}>{l}</a></span>" for u, l in a.files) + "</div>") if a.files else ""}</div><ul class="links inline"><li><a href=/print>Bản in</a></li><li><a href=/f>Thêm bình luận mới</a></li></ul></div></div><div class=view-tin-khac><h2>Các tin khác</h2><div class=view-content>{"".join(f"<div class=views-row><span class=field-content><a href=/q>{t}</a></span> <span>{d}</span></div>" for t, d in OTHERS)}</div></div></div><div class="sidebar">{SIDEBAR}</div><div id=footer>{FOOTER}</div></div>',
        f"{a.title} | {SITE}",
        '<meta name="Generator" content="Drupal 7 (http://drupal.org)">',
    )


@layout("https://dost.example.gov.vn/vi-vn/tin-chi-tiet/id/77/abc")
def dnn(a: Printed) -> str:
    return page(
        f'<form id=Form method=post><input type=hidden name=__VIEWSTATE value=abc><div id="dnn_HeaderPane">{MENU}<span id=dnn_dnnCURRENTDATE>{CLOCK}</span> <a id=dnn_dnnLogin>Đăng nhập</a></div><table width=100%><tr><td id="dnn_LeftPane" valign=top>{SIDEBAR}</td><td id="dnn_ContentPane" valign=top><a name=411></a><div id="dnn_ctr411_ContentPane"><div id="dnn_ctr411_ModuleContent"><div id="dnn_ctr411_ViewNews_pnlDetail"><span id="dnn_ctr411_ViewNews_lblHeadline" class="Head">{a.title}</span><br><span id="dnn_ctr411_ViewNews_lblDate" class="NewsDate">{day_and_hour(a)}</span> &nbsp; <a href="javascript:print()">In trang</a><br><span id="dnn_ctr411_ViewNews_lblSummary" class="NormalBold">{a.sapo or ""}</span><br><div id="dnn_ctr411_ViewNews_lblContent" class="Normal">{body(a)}</div></div><div class="Normal"><b>Các tin khác:</b><br>{"".join(f"<a class=CommandButton href=/z>{t}</a> <i>({d})</i><br>" for t, d in OTHERS)}</div></div></div></td></tr></table><div id=dnn_BottomPane>{FOOTER}</div></form>',
        f"{SITE} > Tin chi tiết",
    )


@layout("https://www.example.gov.vn/sokhcn/Pages/Noi-dung.aspx")
def sharepoint_pub(a: Printed) -> str:
    return page(
        f'<form id=aspnetForm><div id=s4-ribbonrow><a href=/x>Skip Ribbon Commands</a><a href=/x>Skip to main content</a></div><div id="s4-workspace"><div id=s4-bodyContainer><div class=s4-title>{SITE}</div><div id=zz1_TopNav class=ms-core-navigation>{MENU}</div><div id="MSO_ContentTable"><div class="article article-left"><div class="captioned-image"></div><div class=article-header><div class="page-title">{a.title}</div><div class="date-line">{day(a)}</div><div class="by-line"></div></div><div class=article-content><div id="ctl00_PlaceHolderMain_ctl02__ControlWrapper_RichHtmlField" class="ms-rtestate-field" style="display:inline"><div class=ExternalClass9A8B>{(f"<p><strong>{a.sapo}</strong></p>") if a.sapo else ""}{"".join(p.replace("<p>", "<p>&#8203;") for p in a.html)}{f"<p style=text-align:right>&#8203;{a.byline}</p>" if a.byline else ""}{"".join(f"<p>&#8203;<a href={u}><img class=ms-asset-icon src=/_layouts/images/icpdf.png>{l}</a></p>" for u, l in a.files)}</div></div></div></div></div><div id=sideNav>{SIDEBAR}</div>{FOOTER}</div></div></form>',
        "Nội dung",
    )


@layout("https://skhcn.example.gov.vn/noidung/tintuc/Pages/chi-tiet.aspx?ItemID=12&l=Tin")
def sharepoint_custom(a: Printed) -> str:
    return page(
        f'<div class=banner></div>{MENU}<div class="row"><div class="col-md-9"><div class="breadcrumbs">Tin tức &gt;&gt; Hoạt động ngành</div><div class="news-detail"><div class="title-detail">{a.title}</div><div class="tool"><span class="date">{day(a)} {hour(a)}:12</span> Xem cỡ chữ <a href=/x>-</a> <a href=/x>+</a> <a href=/x>Google</a> <a href=/x>Facebook</a></div><div class=description>{a.sapo or ""}</div><div class="content-detail">{body(a, author=False)}</div><div class="source" style="text-align:right">{a.byline or ""}</div><div class=rating>Đánh giá: 0/5 <span>(0 đánh giá)</span></div><div class="other"><div class="t">Các tin đã đưa ngày: <select><option>1</option></select></div><ul>{"".join(f"<li><a href=/z>{t}</a> ({d})</li>" for t, d in OTHERS)}</ul></div></div></div><div class="col-md-3"><div class=weather>15oC<br>Thấp nhất 13°C, cao nhất 17°C. Trời nhiều mây. Áp suất không khí 1012 hPa.</div>{SIDEBAR}</div></div>{FOOTER}',
        "Chi tiết tin tức",
    )


@layout(
    "https://sokhcn.example.gov.vn/web/guest/xem-chi-tiet/-/asset_publisher/Abc1/content/bai-viet?p_r_p_x=1"
)
def liferay7(a: Printed) -> str:
    return page(
        f'<header id=banner>{MENU}</header><nav id=breadcrumbs><ul class=breadcrumb><li><a href=/x>Trang chủ</a></li><li class=active>Xem chi tiết</li></ul></nav><section id=content><div class="columns-2"><div class="portlet-column col-md-8"><section class="portlet" id="portlet_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_Abc1"><div class=portlet-content><h2 class="portlet-title-text">Xuất bản thông tin</h2><div class=portlet-body><div class="asset-full-content clearfix"><div class="align-items-center d-flex mb-2"><p class="component-title h4"><a class="header-back-to" href="/x" title="Quay lại"></a><span class="asset-title d-inline">{a.title}</span></p></div><span class="asset-anchor lfr-asset-anchor" id="1"></span><div class="asset-content mb-3"><div class="journal-content-article" data-analytics-asset-title="{a.title}"><div class=news-date>{day_and_hour(a)}</div>{f"<div class=news-sapo><b>{a.sapo}</b></div>" if a.sapo else ""}<div class="news-content">{body(a, files=False)}</div></div></div><div class="asset-links"><h4>Tài liệu liên quan</h4>{"".join(f"<a href={u}>{l}</a>" for u, l in a.files)}</div><div class=separator></div><div class="asset-metadata"><div class=metadata-view-count>261 lượt xem</div></div></div></div></div></section></div><div class="col-md-4">{SIDEBAR}</div></div></section><footer>{FOOTER}</footer>',
        f"Xem chi tiết - {SITE}",
        "<script>Liferay.Browser={}</script>",
    )


@layout("https://skhcn.example.gov.vn/tin-hoat-dong/ten-bai-viet-rut-gon-652863")
def vnpt(a: Printed) -> str:
    return page(
        f'<div class=UIBanner></div><div class=UIMenu>{MENU}</div><div class="weather">Lào Cai 28° - 29°</div><div class="UIArticleDetail"><div class="ArticleDetailControl"><h1 class="ArticleHeader">{a.title}</h1><div class="PostDate">{day_and_hour(a)} <span class=ViewCount>Lượt xem: 55</span></div><div class="tool"><a href=/x>A-</a><a href=/x>A+</a> <a href=/x>In</a></div><div class="ArticleSummary">{a.sapo or ""}</div><div class="ArticleContent">{body(a, author=False)}</div><div class="author" style="text-align:right">{a.byline or ""}</div><div class=UISocialShare>Chia sẻ bài viết: <a href=/x>Facebook</a> <a href=/x>Zalo</a></div></div><div class="ArticleInMenu UIArticleInMenu_Default"><h2>TIN KHÁC</h2><ul class=ArticleList>{"".join(f"<li class=row><h2 class=Title><a href=/z>{t}</a></h2><div class=Ngaydang>{d}</div></li>" for t, d in OTHERS)}</ul></div></div><div class=right>{SIDEBAR}</div>{FOOTER}',
        f"{a.title}",
    )


@layout("http://www.example.gov.vn/default.aspx?pid=57&nid=1234")
def old_tables(a: Printed) -> str:
    b = (
        "".join(a.html)
        .replace(
            "<p>",
            '<p class="MsoNormal" style="text-align:justify"><font face="Times New Roman" size="3">',
        )
        .replace("</p>", "</font></p>")
    )
    return page(
        f'<table width=1000 align=center cellpadding=0 cellspacing=0><tr><td colspan=3><img src=/banner.jpg></td></tr><tr><td colspan=3><marquee>CHÀO MỪNG KỶ NIỆM 78 NĂM NGÀY QUỐC KHÁNH 2/9</marquee></td></tr><tr><td width=200 valign=top>{MENU}<table><tr><td><b>THÔNG BÁO</b></td></tr><tr><td>{"<br>".join(f"<a href=/t>{t}</a>" for t, d in OTHERS)}</td></tr></table></td><td valign=top><table width=100%><tr><td align=right><font size=1>» Today: 18/07/2024</font></td></tr><tr><td><font color=red><b>Tin tức</b></font></td></tr><tr><td><span id="lblTitle" style="font-weight:bold;color:#003399;font-size:14pt">{a.title}</span></td></tr><tr><td><span id=lblDate style="color:gray">[{day_and_hour(a)}]</span></td></tr><tr><td><b>{a.sapo or ""}</b></td></tr><tr><td align=justify>{b}</td></tr><tr><td align=right><b><i>{a.byline or ""}</i></b></td></tr><tr><td>{"<br>".join(f"<a href={u}>{l}</a>" for u, l in a.files)}</td></tr><tr><td><hr></td></tr><tr><td><b>Các tin đã đưa:</b><br>{"<br>".join(f"- <a href=/q>{t}</a> ({d})" for t, d in OTHERS)}</td></tr><tr><td align=right><a href=#>Về trang trước</a> <a href=#>Về đầu trang</a></td></tr></table></td><td width=200 valign=top>{SIDEBAR}</td></tr><tr><td colspan=3 align=center>{FOOTER}</td></tr></table>',
        "Sở Khoa học và Công nghệ",
    )


@layout("https://skhcn.example.gov.vn/chi-tiet?id=65f0c2")
def hashed(a: Printed) -> str:
    return page(
        f'<div class="sc-a1b2c3"><div class="css-1x2y3z">{MENU}</div><div class="css-9k8j7h"><div class="sc-q1w2e3"><div class="css-t5r4e3">{a.title}</div><div class="css-p0o9i8"><div class=css-1>{hour(a)}</div><div class=css-2>{day(a)}</div><div class=css-3><svg></svg>1.234</div></div><div class="css-u7y6t5">{a.sapo or ""}</div><div class="css-m1n2b3"><div>{body(a)}</div></div></div><div class="sc-rel">{"".join(f"<div class=css-z1><div class=css-z2><a href=/q>{t}</a></div><div class=css-z3>{d}</div></div>" for t, d in OTHERS)}</div></div><div class="css-foot">{FOOTER}</div></div>',
        f"{a.title}",
        f'<meta property="og:title" content="{a.title}">',
    )


@layout()
def word(a: Printed) -> str:

    def mso(p: str) -> str:
        return re.sub(
            r"<p>(.*?)</p>",
            lambda m: (
                '<p class=MsoNormal style="mso-margin-top-alt:auto;line-height:150%"><span lang=VI style="font-size:14.0pt;font-family:&quot;Times New Roman&quot;">'
                + "</span><span lang=VI style='font-size:14.0pt'> ".join(m[1].split(" "))
                + "</span><o:p></o:p></p>"
            ),
            p,
        )

    return page(
        f"<div id=hd>{MENU}</div><div id=main><h1>{a.title}</h1><p class=date>Ngày đăng: {day(a)}</p><div class=detail>{f'<p class=MsoNormal><b>{a.sapo}</b></p>' if a.sapo else ''}<!--[if gte mso 9]><xml>x</xml><![endif]-->{''.join(mso(p) for p in a.html)}<p class=MsoNormal align=right>{a.byline or ''}</p>{files(a)}</div>{related('Các tin liên quan')}</div><div id=right>{SIDEBAR}</div>{FOOTER}",
        f"{SITE} - {a.title}",
    )


@layout()
def many_h1(a: Printed) -> str:
    return page(
        f'<h1 class=logo><a href=/>{SITE}</a></h1>{MENU}<div class=wrap><h1>Tin tức - Sự kiện</h1><div class=art><h1>{a.title}</h1><time datetime="{a.date}">{day_and_hour(a)}</time><p class=lead>{a.sapo or ""}</p>{body(a)}</div><h1>Tin nổi bật</h1><div>{"".join(f"<h2><a href=/q>{t}</a></h2><p>{d}</p>" for t, d in OTHERS)}</div></div><div class=foot>{FOOTER}</div>',
        SITE,
    )


@layout()
def span_title(a: Printed) -> str:
    return page(
        f'<div>{MENU}</div><div class=c1><span style="color:#a00;font-size:18px;font-weight:bold">{a.title}</span><br><span style="font-size:11px">Cập nhật lúc: {hour(a) or "00:00"} ngày {moment(a)[0].day}/{moment(a)[0].month}/{moment(a)[0].year}</span><div class=c2><b>{a.sapo or ""}</b></div><div class=c3>{body(a)}</div></div><div class=c4>{related("Tin khác", "b")}</div><div class=c5>{SIDEBAR}</div>{FOOTER}',
        SITE,
    )


@layout()
def no_title_in_body(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=c1><div class=d>{day_and_hour(a)}</div><div class=c3>{(f'<p>{a.sapo}</p>' if a.sapo else '') + body(a)}</div></div><div class=c5>{SIDEBAR}</div>{FOOTER}",
        f"{a.title} - {SITE}",
    )


@layout()
def date_first(a: Printed) -> str:
    return page(
        f"<div id=header><span>{CLOCK}</span>{MENU}</div><div class=detail><div class=meta>{weekday(a)}, {day(a)}{', ' + hour(a) if hour(a) else ''} (GMT+7)</div><h2>{a.title}</h2><div class=sum>{a.sapo or ''}</div><div>{body(a)}</div></div>{related('Bài viết liên quan', 'div')}<div class=side>{SIDEBAR}</div>{FOOTER}",
        f"{a.title}",
    )


@layout()
def date_last(a: Printed) -> str:
    return page(
        f"<div id=header>{CLOCK}{MENU}</div><div class=detail><h2>{a.title}</h2><div><b>{a.sapo or ''}</b></div><div>{body(a)}</div><div class=time>Ngày đăng: {day(a)}</div></div>{related('Tin cùng chuyên mục', 'div')}<div class=side>{SIDEBAR}</div>{FOOTER}",
        f"{a.title}",
    )


@layout()
def byline_cell(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=detail><h3 class=tieude>{a.title}</h3><p>{day_and_hour(a)}</p><div>{f'<p><b>{a.sapo}</b></p>' if a.sapo else ''}{body(a, author=False)}</div><table width=100%><tr><td></td><td align=right>{a.byline or ''}</td></tr></table></div>{related('Tin mới hơn')}{related('Tin cũ hơn')}<div class=side>{SIDEBAR}</div>{FOOTER}",
        f"{a.title}",
    )


@layout()
def related_both(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=top><b>Tin nổi bật</b>{''.join(f'<div><a href=/q>{t}</a> <span>{d}</span></div>' for t, d in OTHERS)}</div><div class=detail><h1>{a.title}</h1><p>{day_and_hour(a)}</p><div class=sapo>{a.sapo or ''}</div><div>{body(a)}</div><p>Từ khóa: <a href=/x>khoa học</a>, <a href=/x>công nghệ</a></p></div>{related('CÁC TIN KHÁC')}<div class=side>{SIDEBAR}</div>{FOOTER}",
        f"{a.title}",
    )


@layout()
def big_sidebar(a: Printed) -> str:
    long = "".join(
        f"<div class=box><h4><a href=/k{i}>{t}</a></h4><p>Thông tin từ Sở Khoa học và Công nghệ cho biết, {t.lower()} đã được triển khai đồng bộ, bảo đảm tiến độ và chất lượng; các đơn vị liên quan phối hợp chặt chẽ, kịp thời tháo gỡ khó khăn, vướng mắc trong quá trình thực hiện tại cơ sở.</p></div>"
        for i, (t, d) in enumerate(OTHERS * 3)
    )
    return page(
        f"<div>{MENU}</div><div class=row><div class=col-3>{long}</div><div class=col-6><h2 class=title>{a.title}</h2><div class=date>{day(a, '-')}{' ' + hour(a) if hour(a) else ''}</div><div class=intro>{a.sapo or ''}</div><div class=txt>{body(a)}</div></div><div class=col-3>{SIDEBAR}</div></div>{FOOTER}",
        f"{a.title}",
    )


@layout("https://ttkhcn.example.vn/2021/ten-bai/")
def wp_newspaper(a: Printed) -> str:
    return page(
        f'<div class="td-header-wrap">{MENU}</div><div class="td-container"><div class="td-crumb-container"><div class=entry-crumbs><a href=/x>Trang chủ</a> <a href=/x>Tin tức</a> {a.title}</div></div><article class="post type-post"><div class="td-post-header"><ul class=td-category><li><a href=/x>Tin tức</a></li></ul><header class=td-post-title><h1 class="entry-title">{a.title}</h1><div class=td-module-meta-info><div class="td-post-author-name"><div class=td-author-by>Bởi</div> <a href=/author/admin>admin</a><div class=td-author-line> - </div></div><span class="td-post-date"><time class="entry-date updated td-module-date" datetime="{a.date}+00:00">{moment(a)[0].day} Tháng {["Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai"][moment(a)[0].month - 1]}, {moment(a)[0].year}</time></span><div class="td-post-views"><span>1204</span></div></div></header></div><div class="td-post-sharing-top"><a href=/x>Facebook</a><a href=/x>Twitter</a></div><div class="td-post-content">{f"<p><strong>{a.sapo}</strong></p>" if a.sapo else ""}{body(a)}</div><footer><div class=td-post-source-tags><ul class=td-tags><li><span>TAGS</span></li><li><a href=/x>khcn</a></li></ul></div><div class="td-block-row td-post-next-prev"><div><span>Bài trước</span><a href=/x>{OTHERS[0][0]}</a></div><div><span>Bài tiếp theo</span><a href=/x>{OTHERS[1][0]}</a></div></div><div class="author-box-wrap"><a href=/x>admin</a></div></footer></article><div class="td_block_related_posts"><h4>BÀI VIẾT LIÊN QUAN</h4>{"".join(f"<h3><a href=/x>{t}</a></h3>" for t, d in OTHERS)}</div><div class="comments"><h3>BÌNH LUẬN</h3><form><textarea></textarea></form></div></div><div class=td-sidebar>{SIDEBAR}</div>{FOOTER}',
        f"{a.title} - {SITE}",
    )


@layout()
def printview(a: Printed) -> str:
    return page(
        f'<div align=center><b>{SITE}</b></div><hr><center><b><font size=4>{a.title}</font></b></center><p align=right><i>{day_and_hour(a)}</i></p><p><b>{a.sapo or ""}</b></p>{body(a)}<hr><p align=right><a href="javascript:window.print()">In trang này</a> <a href="javascript:window.close()">Đóng cửa sổ</a></p>',
        "In bài viết",
    )


@layout()
def upper(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=d><h2>{a.title.upper()}</h2><p>Ngày cập nhật {day(a)}</p>{f'<p><strong>{a.sapo}</strong></p>' if a.sapo else ''}{body(a)}</div>{related()}<div>{SIDEBAR}</div>{FOOTER}",
        a.title,
    )


@layout()
def egov(a: Printed) -> str:
    return page(
        f'<header>{MENU}</header><main><div class="detail-news"><nav class="breadcrumb"><a href=/x>Trang chủ</a><a href=/x>Tin tức</a></nav><div class="tools"><span>A-</span><span>A</span><span>A+</span> | <span>Tăng tương phản</span> <span>Giảm tương phản</span></div><div class="flex"><div class=news-title>{a.title}</div></div><div class="info"><span class="material">Chuyên mục: Tin hoạt động</span> <span>Thời gian đăng: {hour(a) or "07:00"}, {day(a)}</span> <span>Lượt xem: 12</span></div><button>Nghe</button><div class="lead">{a.sapo or ""}</div><div class="box-content">{body(a, files=False)}</div>{files(a, "Tài liệu đính kèm")}<div class="flex share"><span>Chia sẻ</span></div></div><div class="same-category"><div class=h>Cùng chuyên mục</div>{"".join(f"<div class=it><a href=/t>{t}</a><div>{d}</div></div>" for t, d in OTHERS)}</div></main><footer>{FOOTER}</footer>',
        a.title,
    )


@layout()
def pre(a: Printed) -> str:
    t = "\n\n".join(a.lines)
    return page(
        f"<div>{MENU}</div><h1>{a.title}</h1><p>{day_and_hour(a)}</p><div><b>{a.sapo or ''}</b></div><pre>{t}{chr(10) * 2 + a.byline if a.byline else ''}</pre>{files(a)}{related()}{FOOTER}",
        a.title,
    )


@layout()
def tr_paras(a: Printed) -> str:
    return page(
        f"<table><tr><td>{MENU}</td></tr><tr><td><table class=news><tr><td class=tit>{a.title}</td></tr><tr><td class=dat>({day(a)})</td></tr><tr><td><i>{a.sapo or ''}</i></td></tr>{''.join(f'<tr><td>{p}</td></tr>' for p in a.html)}<tr><td align=right>{a.byline or ''}</td></tr><tr><td>{files(a)}</td></tr></table></td></tr><tr><td>{related('Các tin khác', 'b')}</td></tr><tr><td>{FOOTER}</td></tr></table>",
        SITE,
    )


@layout()
def twice(a: Printed) -> str:
    return page(
        f'<div>{MENU}</div><div class="d-none"><div>{a.title}</div>{body(a)}</div><div class=mobile-title style="display:none"><h1>{a.title}</h1></div><div class=desk><h1>{a.title}</h1><div class=small>{a.title}</div><p>{weekday(a)} - {day(a)} {hour(a)}</p><textarea style="display:none">{body(a)}</textarea><p class=sapo>{a.sapo or ""}</p>{body(a)}</div>{related()}{FOOTER}',
        a.title,
    )


@layout()
def crumbs_date(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=bc>Trang chủ &gt;&gt; Tin tức   ({day(a, '-')})</div><div class=x><h3>{a.title}</h3><div>{f'<p>{a.sapo}</p>' if a.sapo else ''}{body(a)}</div></div><div>{related('Các tin tiếp')}</div>{SIDEBAR}{FOOTER}",
        a.title,
    )


@layout()
def bracket(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=x><h3>{a.title} ({day(a)})</h3><div>{f'<p>{a.sapo}</p>' if a.sapo else ''}{body(a)}</div></div><div>{related('Các tin tiếp')}</div>{SIDEBAR}{FOOTER}",
        a.title,
    )


@layout()
def glued_lines(a: Printed) -> str:
    return page(
        f"<div>{MENU}</div><div class=x><div class=t1>{a.title}</div><div class=t2>Đăng ngày: {day(a)} - Người đăng: admin - Đã xem: 1204</div><div class=t3>{a.sapo or ''}</div><div class=t4>{body(a)}</div><div class=t5><a href=#>In bài viết</a> | <a href=#>Gửi cho bạn bè</a> | <a href=#>Quay lại</a></div><div class=t6><b>Ý KIẾN BẠN ĐỌC</b><div class=cm><b>Hoàng Văn Nam</b> 16/03/2021 10:22<p>Bài viết rất bổ ích, mong quý Sở cung cấp thêm thông tin về giống chè và kỹ thuật chăm sóc.</p></div></div></div>{SIDEBAR}{FOOTER}",
        SITE,
    )


@layout("https://www.example.gov.vn/wps/portal/khcn/!ut/p/z0/xyz")
def websphere(a: Printed) -> str:
    return page(
        f'<div class=wpthemeFrame><div class=wpthemeHeader>{MENU}</div><div class=wpthemeMainContent><div class="component-control id-Z7_1"><section class="ibmPortalControl wpthemeControl"><header class=wpthemeControlHeader><h2><span class=lm-dynamic-title>Chi tiết bài viết</span></h2></header><div class=wpthemeControlBody><div class=detailtin><div class=tieudetin>{a.title}</div><div class=ngaydangtin>Ngày đăng : {day(a)}</div><div>Tác giả : </div><div class=tomtat>{a.sapo or ""}</div><div class=noidung>{body(a)}</div></div></div></section></div></div><div class=wpthemeFooter>{FOOTER}</div></div>',
        "Chi tiết",
    )


@layout()
def tailwind(a: Printed) -> str:
    return page(
        f'<div id="__next"><header class="sticky top-0 z-50">{MENU}</header><div class="container mx-auto px-4 py-6 grid grid-cols-12 gap-6"><div class="col-span-8"><p class="text-sm text-gray-500">{weekday(a)}, {moment(a)[0].day} tháng {moment(a)[0].month}, {moment(a)[0].year}</p><p class="text-2xl font-bold leading-8">{a.title}</p><div class="flex gap-2"><span>Chuyên mục: Tin tức</span><span>|</span><span>15 phút đọc</span></div><div class="font-semibold my-4">{a.sapo or ""}</div><div class="prose max-w-none">{body(a)}</div></div><div class="col-span-4">{SIDEBAR}</div></div>{FOOTER}</div>',
        f"{a.title}",
    )
