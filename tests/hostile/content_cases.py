"""What stands on a page: encodings, markup that breaks parsers, pages that pretend, dates that cannot be."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

from tests.extract.test_decode import as_cp1258, as_latin1, as_tcvn3, as_viscii, as_vni
from tests.hostile.pages import LINES, TITLE, article, bare, framed
from tests.hostile.server import reply
from tests.hostile.transport_cases import WHOLE
from tests.hostile.world import Case, World

# Where an old table has no capital with its tone, a title in small letters survives it.
PLAIN = ("Hội nghị tổng kết công tác năm", "\n".join(LINES))


def _kept(
    name: str, does: str, body: bytes | str | Callable[[World], str], kind: str = "text/html",
    stored: tuple[str, str] = WHOLE, group: str = "encoding", note: str = "",
) -> Case:  # fmt: skip
    def answer(world: World) -> bytes:
        return reply(body(world) if callable(body) else body, kind=kind)

    return Case(name, group, does, answer, stored=stored, note=note, requests=1)


def _no(
    name: str, does: str, body: bytes | str, reason: str, group: str = "pretence",
    kind: str = "text/html; charset=utf-8", seconds: float = 10.0,
) -> Case:  # fmt: skip
    return Case(
        name,
        group,
        does,
        lambda world: reply(body, kind=kind),
        "ok",
        reason,
        requests=1,
        seconds=seconds,
    )


def _spread(mark: str, text: str = article()) -> str:
    """An article with a mark inside its words."""
    return text.replace("Khoa học", f"Kho{mark}a họ{mark}c").replace("Hội nghị", f"Hộ{mark}i nghị")


OLD = article(PLAIN[0], head="")
ENCODINGS = [
    _kept("cp1258-la-utf8", "cp1258 that calls itself utf-8", as_cp1258(article()), "text/html; charset=utf-8", note="decoded_as"),
    _kept("cp1258-khai", "cp1258 as declared", as_cp1258(article(head='<meta charset="windows-1258">'))),
    _kept("utf8-la-latin1", "utf-8 that calls itself latin-1", article(), "text/html; charset=iso-8859-1"),
    _kept("utf8-la-gb", "utf-8 that calls itself gb2312", article(head='<meta charset="gb2312">')),
    _kept("bang-ma-la", "an encoding nobody knows", article(head='<meta charset="x-khong-biet">'), "text/html; charset=none"),
    _kept("tcvn3", "TCVN3 without a word about it", as_tcvn3(OLD), stored=PLAIN, note="decoded_as"),
    _kept("vni", "VNI without a word about it", as_vni(OLD), stored=PLAIN, note="decoded_as"),
    _kept("viscii", "VISCII without a word about it", as_viscii(article(head="")), note="decoded_as"),
    _kept("viscii-khai", "VISCII as declared", as_viscii(article(head='<meta charset="viscii">')), "text/html; charset=viscii"),
    _kept("latin1-so", "latin-1 with numbers for what it lacks", as_latin1(article(head="")), "text/html; charset=iso-8859-1"),
    _kept("tron-cp1258", "a line of cp1258 in a page of utf-8", article().encode().replace(LINES[1].encode(), as_cp1258(LINES[1])), note="decoded_as"),
    _kept("tron-tcvn3", "a line of TCVN3 in a page of utf-8", article().encode().replace(LINES[1].encode(), as_tcvn3(LINES[1])), note="decoded_as"),
    _kept("utf16", "utf-16 with its mark", article(head="").encode("utf-16")),
    _kept("utf16be", "utf-16, the big end first, with its mark", b"\xfe\xff" + article(head="").encode("utf-16-be")),
    _kept("utf16-khong-dau", "utf-16 without a mark, as declared", article(head="").encode("utf-16-le"), "text/html; charset=utf-16le"),
    _kept("utf8-bom", "utf-8 with its mark twice", b"\xef\xbb\xbf\xef\xbb\xbf" + article().encode()),
    _kept("utf7", "calls itself utf-7: never believed", article(head='<meta charset="utf-7">', inside="<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</p>"), stored=(TITLE, "\n".join([*LINES, "+ADw-script+AD4-alert(1)+ADw-/script+AD4-"]))),
    _kept("nfd", "letters taken apart", unicodedata.normalize("NFD", article())),
    _kept("thuc-the", "every letter an entity", "".join(c if ord(c) < 128 else f"&#{ord(c)};" for c in article())),
    _kept("nul", "NUL inside words", _spread("\x00")),
    _kept("c0", "control characters inside words", _spread("\x07\x0b\x1b")),
    _kept("c1", "C1 control characters inside words", _spread("\x85\x9d")),
    _kept("bidi", "marks that turn the reading round", _spread("\u202e\u2066")),
    _kept("khong-rong", "characters without width inside words", _spread("\u200b\ufeff\u2060\u00ad")),
    _kept("ngay-khong-rong", "characters without width inside the date", article(date="Thứ ba - 05\u200b/03/20\u200b24 08:15")),
    _kept("the-doi-cat", "half of a surrogate pair as an entity", article(inside="<!-- &#xD800; -->").replace("tiếp tục", "tiếp&#xD800; tục"), stored=(TITLE, "\n".join(LINES).replace("tiếp tục", "tiếp\ufffd tục"))),
    _kept("the-doi-byte", "half of a surrogate pair as bytes", article().replace("</html>", "").encode() + b"\xed\xa0\x80</html>"),
    _kept("d-la", "an Icelandic letter for Đ", article().replace("Đ", "Ð").replace("đồng chí", "\u0111ồng chí")),
    _kept("byte-cut", "utf-8 broken off inside a letter", article().encode()[:-7] + "ở".encode()[:2]),
    _kept("hai-lan", "utf-8 read as latin-1 and written again", article(TITLE, tuple(line.encode().decode("latin-1") for line in LINES)), note="mojibake_mended"),
]  # fmt: skip

FRENCH = (
    "L'école forme les élèves à la création",
    tuple(f"L'été {year}, l'élève français a reçu à l'école une très belle leçon où l'on parlait de la forêt, du "
          "château et des garçons naïfs; le directeur a remercié les élèves et leurs parents." for year in (2021, 2022, 2023)),
)  # fmt: skip
CHINESE = "今天科学技术厅召开了会议，讨论了省内科技发展的计划和任务。" * 20


def _titled(name: str, does: str, sign: str, put: str = "") -> Case:
    """A sign that nobody sees, in the title and in the text; `put` stands where it stood."""
    shown = article().replace("Hội nghị", f"Hội{sign} nghị").replace("Khoa học", f"Kho{sign}a học")
    hidden = (
        TITLE.replace("Hội nghị", f"Hội{put} nghị"),
        "\n".join(LINES).replace("Khoa học", f"Kho{put}a học"),
    )
    return _kept(
        name,
        does,
        shown.encode("utf-8", "surrogatepass"),
        "text/html; charset=utf-8",
        stored=hidden,
    )


SIGNS = [
    _titled("dau-fffe", "U+FFFE and U+FFFF in the title", "\ufffe\uffff\U0001fffe\ufdd0"),
    _titled("dau-the", "tags that nobody sees in the title", "\U000e0041\U000e007f"),
    _titled("dau-the-so", "U+FFFF as a number in the title", "&#65535;&#xFFFE;"),
    _titled("dau-chen", "marks without a look in the title", "\u034f\u17b4\u180b\ufff9"),
    _kept("dau-han", "a Hangul filler and a blank of Braille as spaces", article(TITLE.replace(" ", "\u3164", 1).replace(" ", "\u2800", 1))),
    _kept("so-windows", "quotes and dashes as numbers of windows-1252", article(inside="<p>Từ &#147;ý tưởng&#148; &#150; đến sản phẩm.</p>"), stored=(TITLE, "\n".join([*LINES, "Từ “ý tưởng” – đến sản phẩm."]))),
    _kept("dau-chong", "200,000 marks on one letter", article(inside="<p>a" + "\u0301\u0323" * 100_000 + " hết.</p>"), stored=(TITLE, "")),
    _kept("dau-chong-so", "200,000 marks on one letter, as numbers", article(inside="<p>a" + "&#1425;&#1443;" * 100_000 + " hết.</p>"), stored=(TITLE, "")),
    _kept("utf16-tron", "utf-16 without a word about it", article(head="").encode("utf-16-le")),
    _kept("utf16be-tron", "utf-16, the big end first, that calls itself utf-8", article().encode("utf-16-be"), "text/html; charset=utf-8"),
    _kept("utf32", "utf-32 with its mark", article(head="").encode("utf-32")),
    _kept("utf32-tron", "utf-32 without a word about it", article(head="").encode("utf-32-le")),
    _kept("phap-latin1", "another language in latin-1, as declared", article(*FRENCH, head="", date="05/03/2024 08:15").encode("latin-1"), "text/html; charset=iso-8859-1", stored=(FRENCH[0], "\n".join(FRENCH[1]))),
    _kept("phap-la-utf8", "another language in latin-1 that calls itself utf-8", article(*FRENCH, head="", date="05/03/2024 08:15").encode("latin-1"), "text/html; charset=utf-8", stored=(FRENCH[0], "\n".join(FRENCH[1]))),
    _kept("nul-nhieu", "2,000 zeros among the words", article().replace(" ", " \x00").encode() + bytes(2_000)),
    _no("trung-gbk", "Chinese without a word about its encoding", f"<html><body><h1>{CHINESE[:30]}</h1><p>{CHINESE}</p></body></html>".encode("gbk"), "bad_encoding", "encoding", "text/html"),
    _no("byte-bua", "bytes at random inside markup", b"<html><body><p>" + bytes(n for n in random.Random(8).randbytes(9_000) if n > 127) + b"</p></body></html>", "bad_encoding", "encoding", "text/html"),
]  # fmt: skip

DIGIT = "".join(chr(code) for code in range(0x110000) if chr(code).isnumeric() and code > 127)
LINKS = "".join(
    f'<a href="http://{one}">{one}</a><a href="http://a:{one}/">{one}</a><a href="{one}">{one}</a>'
    for one in (
        "[email protected]",
        "[::1",
        "]",
        "a[b]c",
        "²",
        "٣",
        "℀.vn",
        "a／b",
        "9" * 50,
        "\u202e",
        "%ff",
    )
)
TROUBLE = [
    _kept("lien-ket-email", "an address that is none, as mail guards leave them", article(inside='<p>Liên hệ: <a href="http://[email protected]">email</a></p>'), stored=(TITLE, ""), group="parser"),
    _kept("lien-ket-loi", "links and pictures that lead nowhere", article(inside=f'<p>{LINKS}</p><img src="http://[x"><img src="//]"><base href="http://[">'), stored=(TITLE, ""), group="parser"),
    _kept("goc-loi", "a base address that is none", article(head='<meta charset="utf-8"><base href="http://[email protected]/">'), group="parser"),
    _kept("phan-trang-mu", "a pager of `__doPostBack` whose numbers are none", article(after="".join(f"<a href=\"javascript:__doPostBack('x','Page${one}')\">{one}</a><span>{one}</span>" for one in ("²", "٣", "①", "½", "9" * 30))), group="parser"),
    _kept("chu-so", "every digit of Unicode", article(inside=f"<p>{DIGIT}</p>", after=f"<p>Ngày {DIGIT}</p><a href='/?page={DIGIT}'>{DIGIT}</a>"), stored=(TITLE, ""), group="parser"),
    _kept("mui-gio", "a date with a zone beyond the world", article(head='<meta charset="utf-8"><meta property="article:published_time" content="2024-03-05T08:15:00+99999999:99">'), group="parser"),
    _kept("json-sau", "JSON nested 100,000 deep, and a graph that is a number", article(head='<meta charset="utf-8"><script type="application/ld+json">' + "[" * 100_000 + '</script><script type="application/ld+json">{"@graph": 5, "headline": ["x"]}</script>'), group="parser"),
    Case("cho-mu", "parser", "`Retry-After: ²`", lambda w: reply("<p>no", status=503).replace(b"Content-Length", "Retry-After: ²\r\nContent-Length".encode(), 1), "http_503"),
    Case("cho-mui-gio", "parser", "`Retry-After` as a date with a zone beyond the world", lambda w: reply("<p>no", status=503, Retry_After="Wed, 21 Oct 2015 07:28:00 +99999999999999"), "http_503"),
]  # fmt: skip

DEEP = "<div>" * 100_000
PARSERS = [
    _kept("long-nhau", "an article in front of 100,000 nested elements", article(after=DEEP), group="parser"),
    _no("chi-long-nhau", "100,000 nested elements and nothing else", "<html><body>" + DEEP + "<p>x", "empty", "parser"),
    _kept("bang-long-nhau", "5,000 tables inside one another", article(after="<table><tr><td>" * 5000), group="parser"),
    _kept("thuoc-tinh", "a tag with 100,000 attributes", article(after="<div " + " ".join(f"a{n}=x" for n in range(100_000)) + ">x</div>"), group="parser"),
    _kept("thuoc-tinh-trung", "a tag with 200,000 attributes of one name", article(after="<p " + "a=1 " * 200_000 + ">x</p>"), group="parser"),
    _kept("thuoc-tinh-nhieu-the", "5,000 tags with 40 attributes each", article(after=("<b " + " ".join(f"a{n}=x" for n in range(40)) + ">.</b>") * 5_000), group="parser"),
    _kept("nhieu-the", "a million tags below the article", article(after="<i></i>" * 500_000), group="parser", note="page_cut"),
    _kept("bang-ma-cham", "an encoding that takes quadratic time to read", article(head='<meta charset="punycode">', inside="<!--" + "é" * 50 + "-->").encode() + b"\xff" + b"a" * 2_000_000, "text/html; charset=punycode", group="parser"),
    _kept("nhieu-lien-ket", "50,000 links below the article", article(after="".join(f"<a href=/x{n}>y</a>" for n in range(50_000))), group="parser"),
    _kept("thuc-the-bom", "entities that multiply", '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + article(), group="parser"),
    _kept("xxe", "an entity that is a file", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + article(inside="<p hidden>&a;</p>"), group="parser"),
    _kept("chu-thich-ho", "a comment that never ends", article(after="<!-- " + "x" * 200_000), group="parser"),
    _kept("kich-ban-ho", "a script that never ends", article(after="<script>" + "x<" * 200_000), group="parser"),
    _kept("the-ho", "a tag that never ends", article(after="<a href='" + "x" * 200_000), group="parser"),
    _kept("ngoac-ho", "half a million opening brackets", article(after="<" * 500_000), group="parser"),
    _kept("ten-the-dai", "the name of a tag, 300 kB", article(after="<" + "a" * 300_000 + ">"), group="parser"),
    _kept("lua-chon", "a menu of 100,000 options", article(after="<select>" + "<option value=/a>b</option>" * 100_000 + "</select>"), group="parser"),
    Case("tieu-de-dai", "parser", "a title of 1 MB", lambda w: reply(article("Hội nghị " * 110_000)), stored=(("Hội nghị " * 56)[:500].rstrip(), ""), note="title_cut", requests=1),
    Case("tac-gia-dai", "parser", "a byline of 1 MB", lambda w: reply(article(inside='<p class="text-right"><strong>Tác giả: </strong>' + "Nguyễn Văn An " * 70_000 + "</p>")), stored=(TITLE, ""), requests=1),
    Case("ngay-dai", "parser", "a date of 250 kB", lambda w: reply(article(date="05/03/2024 " * 23_000)), stored=(TITLE, ""), requests=1),
    Case("so-dai", "parser", "half a million digits in the text", lambda w: reply(article(inside="<p>" + "1/" * 250_000 + "</p>")), stored=(TITLE, ""), requests=1),
    Case("hoa-dai", "parser", "names without end in the last line", lambda w: reply(article(inside="<p>" + "Nguyễn Văn " * 30_000 + "</p>")), stored=(TITLE, ""), requests=1),
    Case("cach-dai", "parser", "a million spaces inside a line", lambda w: reply(article(inside="<p>a" + " \u00a0" * 500_000 + "b.</p>")), stored=(TITLE, ""), requests=1),
    _no("png", "a picture that calls itself a page", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "not_html", "parser"),
    _no("pdf", "a PDF that calls itself a page", b"%PDF-1.4\n" + bytes(range(256)) * 50, "not_html", "parser"),
    _no("zip", "an archive that calls itself a page", b"PK\x03\x04" + bytes(range(256)) * 50, "not_html", "parser"),
    _no("exe", "a program that calls itself a page", b"MZ\x90\x00" + random.Random(3).randbytes(9000), "not_html", "parser"),
    _no("anh", "a picture, as declared", b"\xff\xd8\xff\xe0" + bytes(99), "not_html", "parser", kind="image/jpeg"),
    _no("json", "data for a script", '{"items": [{"id": 1, "ten": "abc"}]}', "empty", "parser", kind="application/json"),
    _no("van-ban", "a line of plain text", "OK", "empty", "parser", kind="text/plain"),
]  # fmt: skip


def _says(slug: str, reason: str, *texts: str, frame: bool = True) -> list[Case]:
    """A message, as a page of its own and inside the portal's frame."""
    cases = []
    for at, text in enumerate(texts):
        cases.append(_no(f"{slug}-{at}", f"“{text[:60]}”", bare(text), reason))
        if frame:
            inner = f"<h1>{text}</h1><p><a href='/'>Về trang chủ</a></p>"
            cases.append(
                _no(
                    f"{slug}-khung-{at}",
                    f"“{text[:60]}” in the portal's frame",
                    framed(inner),
                    reason,
                )
            )
    return cases


PRETENCES = [
    *_says(
        "khong-thay", "soft_404",
        "Không tìm thấy trang bạn yêu cầu", "Trang này không tồn tại hoặc đã bị xóa", "404 - Page not found",
        "Bài viết không tồn tại!", "Lỗi 404: Đường dẫn không hợp lệ", "Nội dung bạn tìm hiện không còn trên hệ thống",
        "Rất tiếc, tin bài này đã bị gỡ bỏ", "The page you are looking for could not be found",
        "Không có dữ liệu", "Xin lỗi, liên kết bạn vừa truy cập không tồn tại",
    ),
    *_says(
        "bao-tri", "maintenance",
        "Hệ thống đang được bảo trì, vui lòng quay lại sau", "Website đang tạm ngừng hoạt động để nâng cấp",
        "Cổng thông tin điện tử đang bảo trì", "Site under maintenance. We will be back soon!", frame=False,
    ),
    *_says(
        "tuong-lua", "block_page",
        "Request Rejected. The requested URL was rejected. Please consult with your administrator. Your support ID is: 1234",
        "Access Denied", "Attention Required! | Cloudflare", "Truy cập của bạn đã bị chặn bởi tường lửa",
        "Vui lòng xác minh bạn không phải là người máy", "Just a moment...", frame=False,
    ),
    *_says(
        "loi-may", "server_error",
        "Server Error in '/' Application.", "Fatal error: Uncaught Error: Call to undefined function mysql_connect()",
        "Error establishing a database connection", "Đã xảy ra lỗi hệ thống, vui lòng thử lại sau",
        "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version",
        "HTTP Status 500 – Internal Server Error", "502 Bad Gateway", frame=False,
    ),
    _no("dang-nhap", "a login form", '<html><title>Đăng nhập hệ thống</title><body><form><h2>Đăng nhập</h2>Tên đăng nhập <input name=u> Mật khẩu <input type="password" name=p></form></body></html>', "login_page"),
    _no("vo-js", "a frame that a script would fill", '<html><head><title>Sở KH&CN</title><script src=/app.js></script></head><body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>', "js_shell"),
    _no("vo-cookie", "a script that sets a cookie and loads again", '<html><body><script>document.cookie="D1N=abc123";window.location.reload(true);</script></body></html>', "js_shell"),
    _no("ten-mien", "a parked domain", bare("This domain is for sale. Buy this domain."), "parked"),
    _no("het-han", "a domain that has expired", bare("Tên miền này đã hết hạn sử dụng"), "parked"),
    _no("thu-muc", "a folder's index", "<html><title>Index of /uploads</title><body><h1>Index of /uploads</h1><pre><a href='a.doc'>a.doc</a></pre></body></html>", "directory_index"),
    _no("mac-dinh", "a server's own first page", bare("Welcome to nginx!"), "default_page"),
    _no("iis", "another server's own first page", "<html><head><title>IIS Windows Server</title></head><body><a href='x'><img src=iisstart.png></a></body></html>", "default_page"),
    _no("khung-cu", "a frame set", f"<html><head><title>{TITLE}</title></head><frameset cols='20%,80%'><frame src='http://127.0.0.1:1/'><frame src='main.html'></frameset></html>", "empty"),
    _no("mau-rong", "the template of an article without one", article("", (), date=""), "empty"),
    Case("meta-refresh", "pretence", "a page that refreshes to another port of this machine", lambda w: reply(f'<html><head><meta http-equiv="refresh" content="0;url={w.canary}/ssrf"></head><body>Đang chuyển…</body></html>'), "ok", "empty", requests=1),
    _kept("base-la", "`<base>` on another port of this machine", lambda w: article(head=f'<meta charset=utf-8><base href="{w.canary}/">', inside='<p><a href="ssrf">Xem thêm</a></p>'), group="pretence", stored=(TITLE, "")),
    _kept("canonical-la", "a canonical address elsewhere", lambda w: article(head=f'<meta charset=utf-8><link rel="canonical" href="{w.canary}/ssrf">'), group="pretence"),
    _kept("bieu-mau-la", "a form that posts elsewhere", lambda w: article(after=f"<form method=post action='{w.canary}/ssrf'><input name=a></form><a href=\"javascript:__doPostBack('ctl00$Pager','2')\">2</a>"), group="pretence"),
    _kept("khung-la", "frames and pictures elsewhere", lambda w: article(after=f"<iframe src='{w.canary}/ssrf'></iframe><img src='{w.canary}/ssrf'>"), group="pretence"),
    _kept("rac-an", "hidden advertising for casinos", article(before='<div style="position:absolute;left:-9999px"><a href="http://casino.example">nhà cái uy tín</a> cá cược bóng đá</div>', inside='<p style="display:none">Link vào nhà cái W88 mới nhất</p><p style="font-size:0px">xổ số</p>'), group="pretence"),
    *(_kept(f"bai-that-{at}", f"a real article: “{title}”", article(title), group="real", stored=(title, "\n".join(LINES)))
      for at, title in enumerate((
          "Bảo trì hệ thống quan trắc tự động tại các trạm của tỉnh",
          "Hệ thống đang bảo trì: kinh nghiệm từ Trung tâm dữ liệu tỉnh",
          "Lỗi 404 là gì và cách khắc phục trên cổng thông tin điện tử",
          "Không tìm thấy sai phạm trong hoạt động đo lường tại 12 cơ sở",
          "Chuyên gia khuyến cáo tài khoản đăng nhập và mật khẩu bị lộ",
          "CAPTCHA: công cụ chống truy cập tự động vào dịch vụ công",
          "Bài viết không còn là độc quyền: sở hữu trí tuệ thời AI",
      ))),
]  # fmt: skip


def _undated(name: str, does: str, date: str) -> Case:
    return Case(
        f"ngay-{name}", "date", does, lambda w: reply(article(date=date)), stored=WHOLE, requests=1
    )


DATES = [
    _undated("tuong-lai", "a date to come", "Thứ ba - 05/03/2099 08:15"),
    _undated("khong-co", "no date", ""),
    _undated("khong-the", "a day that cannot be", "Thứ ba - 30/02/2024 08:15"),
    _undated("thang-13", "a month that cannot be", "32/13/2024"),
    _undated("nam-1", "the first year", "01/01/0001"),
    _undated("ky-nguyen", "the first day of computers", "Thứ năm - 01/01/1970 00:00"),
    _undated("chua-co", "a date that is still to be written", "Đang cập nhật"),
]  # fmt: skip
TEXT = [
    _kept(f"nguy-hiem-{at}", f"markup for a browser: {text[:40]}", article(f"Hội nghị {text}"), "text/html; charset=utf-8", (f"Hội nghị {' '.join(text.split())}", "\n".join(LINES)), "inert")
    for at, text in enumerate((
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "'; drop table articles; --",
        "{{7*7}}${7*7}<%= 7*7 %>", "=HYPERLINK(\"http://x\")", "javascript:alert(1)", "\" onmouseover=\"alert(1)",
    ))
]  # fmt: skip
CASES: list[Case] = [*ENCODINGS, *SIGNS, *TROUBLE, *PARSERS, *PRETENCES, *DATES, *TEXT]
