"""The names of all that can be wrong with a portal, and what each one asks for.

`failure` is the class a run is booked under. Without one the alarm is about the portal, not about
the run: the run was good, and yet somebody should look.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.messages import Message, Words
from crawler.parsing import is_number


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that is wrong, by name, with what shows it."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What an alarm means, and what to do."""

    failure: str | None
    meaning: Message
    remedy: Message


def _kind(failure: str | None, vietnamese: str, english: str, remedy: Words) -> Kind:
    meaning = Message("meaning", (vietnamese, english), {})
    return Kind(failure, meaning, Message("remedy", remedy, {}))


_WAIT = (
    "Đợi một hai đêm. Nếu vẫn thế, hãy mở cổng bằng trình duyệt.",
    "Wait a night or two. If it stays, open the portal in a browser.",
)
_ACCEPT = (
    "Nếu cổng chủ ý như vậy: `scrapy health --accept CỔNG`.",
    "If it is meant to be so: `scrapy health --accept PORTAL`.",
)


def _or_accept(vietnamese: str, english: str) -> Words:
    return f"{vietnamese} {_ACCEPT[0]}", f"{english} {_ACCEPT[1]}"


KINDS: dict[str, Kind] = {
    "dns": _kind(
        "dns", "không phân giải được tên máy chủ",
        "the host's name leads nowhere",
        _WAIT,
    ),
    "refused": _kind(
        "refused", "máy chủ từ chối kết nối",
        "the connection is refused",
        _WAIT,
    ),
    "timeout": _kind(
        "timeout", "máy chủ không trả lời kịp",
        "no answer in time",
        _WAIT,
    ),
    "connection": _kind(
        "connection", "kết nối bị đứt",
        "the connection breaks",
        _WAIT,
    ),
    "truncated": _kind(
        "connection", "trả lời bị cụt",
        "answers end too early",
        _WAIT,
    ),
    "too_large": _kind(
        "too_large", "trang quá lớn",
        "answers larger than DOWNLOAD_MAXSIZE",
        ("Xem các địa chỉ trong bảng `issues`; ghi vào `skip_urls` của spider.", "See the addresses in `issues`; name them in the spider's `skip_urls`."),
    ),
    "tls": _kind(
        "tls", "chứng chỉ TLS có vấn đề",
        "the certificate or the TLS version is not accepted",
        ("Xem chứng chỉ. Nếu cổng vẫn dùng chứng chỉ hỏng: ghi `tls = \"unverified\"` vào spider.", "Look at the certificate. Where the portal is known to keep a bad one: `tls = \"unverified\"` in the spider."),
    ),
    "http_4xx": _kind(
        "http_4xx", "trang không còn (4xx)",
        "pages are refused or absent (4xx)",
        ("Mở trang đầu. Địa chỉ mới ghi vào `start_urls`.", "Open the start page. New addresses go into `start_urls`."),
    ),
    "http_5xx": _kind(
        "http_5xx", "máy chủ báo lỗi (5xx)",
        "the server fails (5xx)",
        _WAIT,
    ),
    "blocked": _kind(
        "blocked", "bị tường lửa chặn",
        "a firewall or a login page answers instead of the portal",
        ("Hỏi văn phòng của cổng; user agent có tên bạn. Đừng tìm cách vượt tường lửa.", "Ask the portal's office; the user agent names you. Do not go around the block."),
    ),
    "maintenance": _kind(
        "maintenance", "đang bảo trì",
        "the portal says it is being worked on",
        _WAIT,
    ),
    "server_error": _kind(
        "http_5xx", "trang báo lỗi hệ thống",
        "error messages answered as 200",
        _WAIT,
    ),
    "robots": _kind(
        "robots", "robots.txt không cho phép",
        "robots.txt now forbids known lists",
        ("Cứ tuân theo. Nếu trông như nhầm lẫn, hãy hỏi văn phòng của cổng.", "It is obeyed. Ask the portal's office when it looks like a mistake."),
    ),
    "private_address": _kind(
        "private_address", "tên máy chủ trỏ vào mạng riêng",
        "the host leads to a private address",
        _WAIT,
    ),
    "redirects": _kind(
        "redirects", "chuyển hướng hàng loạt",
        "pages redirect in circles, home, or elsewhere",
        ("Mở địa chỉ trong bằng chứng. Thường là cổng đã được dựng lại.", "Open the address in the evidence. Most often the portal was rebuilt."),
    ),
    "host_moved": _kind(
        "redirects", "cổng đã sang tên miền khác",
        "the start page redirects to another host",
        ("Ghi tên miền mới lên đầu `allowed_domains`, giữ tên cũ phía sau.", "Put the new host first in `allowed_domains`, keep the old one behind it."),
    ),
    "start_gone": _kind(
        "http_4xx", "mất trang đầu",
        "a start page is gone, others still answer",
        ("Sửa `start_urls`.", "Mend `start_urls`."),
    ),
    "list_gone": _kind(
        "http_4xx", "mất một chuyên mục",
        "a section that had articles is gone",
        _or_accept("Sau bảy lần xem sẽ bỏ qua.", "It is dropped after seven looks."),
    ),
    "lists_empty": _kind(
        "site_changed", "trang danh sách trống",
        "lists that always had articles have none",
        _or_accept("Khuôn danh sách đã đổi: sửa `article_urls` hoặc hệ thống.", "The list's form has changed: mend `article_urls` or the platform."),
    ),
    "lists_shrunk": _kind(
        "site_changed", "trang danh sách còn ít bài",
        "lists hold less than half of what they did",
        _or_accept("So danh sách với `_frontier.recent`.", "Compare the list with `_frontier.recent`."),
    ),
    "paging_unreachable": _kind(
        "paging_unreachable", "không sang được trang sau",
        "further pages of a list are not linked, not there, or repeat the first",
        _or_accept("Tự mở trang 2.", "Open page 2 by hand."),
    ),
    "no_articles": _kind(
        "site_changed", "chưa từng thấy bài nào",
        "pages answer, and not one article is known",
        ("Chạy `scrapy newportal ĐỊA_CHỈ` rồi so sánh.", "Run `scrapy newportal URL` and compare."),
    ),
    "patterns_unmatched": _kind(
        "site_changed", "địa chỉ bài viết không còn theo mẫu đã khai",
        "headlines, or pages with title, date and text, stand at addresses that `article_urls` does not know",
        ("Ghi mẫu mà lần chạy đã in ra, hoặc mẫu của các địa chỉ trong bảng `issues`, vào spider; các bài giữ nguyên lịch sử.", "Write the pattern that the run printed, or that of the addresses in `issues`, into the spider; the articles keep their history."),
    ),
    "site_changed": _kind(
        "site_changed", "giao diện đã đổi",
        "list pages cannot be read any more",
        ("Mở trang đầu: trang dựng bằng script, tên miền bỏ trống, hoặc hệ thống khác.", "Open the start page: a page filled by scripts, a parked domain, another system."),
    ),
    "extractor_refusals": _kind(
        "extractor_refusals", "nhiều trang bài không đọc được",
        "article pages yield no article",
        ("Bảng `issues` ghi từng lý do. Sửa quy tắc, rồi `scrapy reextract`.", "`issues` has each reason. Mend the rules, then `scrapy reextract`."),
    ),
    "coverage_drop": _kind(
        "site_changed", "bài mới thiếu ngày, tác giả hoặc nội dung",
        "articles lack the date, byline or text that they used to have",
        ("Khuôn trang bài đã đổi: sửa `markup` của spider, rồi `scrapy reextract`.", "The article's form has changed: mend the spider's `markup`, then `scrapy reextract`."),
    ),
    "text_lost": _kind(
        "extractor_refusals", "mất nội dung bài khi bóc tách",
        "our own rules cut out what articles say",
        (
            "Bảng `issues` ghi tên quy tắc (`prune_refused`, `text_lost`): sửa `markup` của hệ thống, rồi `scrapy reextract`.",
            "`issues` names the rule (`prune_refused`, `text_lost`): mend the platform's `markup`, then `scrapy reextract`.",
        ),
    ),
    "duplicate_titles": _kind(
        "site_changed", "nhiều bài trùng tiêu đề",
        "most articles read last bear one title",
        ("Tiêu đề bị đọc sai chỗ: sửa `markup.title`, rồi `scrapy reextract`.", "The title is read in the wrong place: mend `markup.title`, then `scrapy reextract`."),
    ),
    "mass_edits": _kind(
        "site_changed", "hàng loạt bài bị sửa",
        "most articles looked at again have another text",
        _or_accept("Đọc vài bài trong `edited_articles`: khuôn mới, hoặc cổng bị tấn công.", "Read some in `edited_articles`: a new form, or a portal that was defaced."),
    ),
    "mass_missing": _kind(
        "http_4xx", "hàng loạt bài biến mất",
        "most articles looked at again are not there",
        _or_accept("Kho vẫn giữ các bài. Hãy tìm địa chỉ mới của chúng.", "The archive keeps them. Look for new addresses of the same articles."),
    ),
    "future_dates": _kind(
        "site_changed", "nhiều bài ghi ngày ở tương lai",
        "new articles bear dates to come",
        ("So một trang với `published_raw`; kiểm tra `date_order` và đồng hồ máy.", "Compare a page with `published_raw`; check `date_order` and this machine's clock."),
    ),
    "internal_error": _kind(
        "crashed", "lỗi của chương trình",
        "our own code failed on this portal",
        ("Báo lỗi kèm bằng chứng và bản ghi WARC của trang.", "Report it, with the evidence and the page's WARC record."),
    ),
    "sitemap_endless": _kind(
        None, "sitemap dẫn vòng không dứt",
        "sitemaps lead to ever more sitemaps and to no new article",
        ("Các danh sách vẫn được đọc như thường. Xem bảng `issues`; ghi sitemap vào `skip_urls` của spider.",
         "The lists are read as always. See `issues`; name the sitemap in the spider's `skip_urls`."),
    ),
    "parked": _kind(
        None, "tên miền đã sang tay người khác",
        "a domain of the portal has had another owner since the day in the evidence",
        ("Không ghi tên miền ấy vào `allowed_domains` nữa; nếu cổng còn, tìm địa chỉ mới của cổng.",
         "Take the domain out of `allowed_domains`; where the portal lives on, find its new address."),
    ),
    "files_failing": _kind(
        None, "không tải được tệp đính kèm nào",
        "not one attached document or picture could be had",
        ("Mở một địa chỉ trong bảng `issues`: máy chủ tệp hỏng, đổi tên miền, hay đòi đăng nhập? Các bài vẫn được đọc như thường; tệp sẽ được hỏi lại.",
         "Open an address from `issues`: is the file server down, moved, or behind a login? Articles are read as always; the files are asked for again."),
    ),
    "crashed": _kind(
        "crashed", "spider không chạy được",
        "the spider could not be imported or started",
        ("Bằng chứng nêu tệp và lỗi: sửa rồi `scrapy crawl CỔNG`.", "The evidence names file and error: mend it, then `scrapy crawl PORTAL`."),
    ),
    "storage": _kind(
        "storage", "không ghi được kho",
        "the archive could not be written",
        ("Dọn chỗ trống hoặc sửa đĩa rồi chạy lại: không mất gì.", "Make room or mend the disk, then run again: nothing is lost."),
    ),
    "budget": _kind(
        None, "mỗi đêm đều không kịp",
        "cut off seven nights in a row, and no nearer to its end",
        ("Tăng `-a max_pages` hoặc `--hours`, hoặc chạy riêng: `scrapy crawl CỔNG`.", "Raise `-a max_pages` or `--hours`, or crawl it by itself: `scrapy crawl PORTAL`."),
    ),
    "not_reached": _kind(
        None, "chưa đọc được trang nào trong lần chạy này",
        "the run ended before anything of the portal was read",
        ("Chạy lại: cổng này sẽ đến lượt đầu tiên. Nếu đêm nào cũng thế, tăng `--hours`.",
         "Run again: it comes first. If every night is like this, raise `--hours`."),
    ),
    "silent": _kind(
        None, "im lặng lâu hơn thường lệ",
        "nothing new for much longer than is usual",
        _or_accept("Mở cổng: có tin nào mà ta không thấy không? Cổng đã đóng: ghi `valid_to` vào spider.", "Open the portal: does it have news that we do not see? A portal that is closed: `valid_to` in the spider."),
    ),
    "clock": _kind(
        None, "đồng hồ máy sai",
        "this machine's clock is wrong, or was",
        ("Chỉnh đồng hồ. Nếu lần chạy ấy đã ghi giờ sai: `scrapy restore` (docs/operations.md).", "Set the clock. Where a run has written wrong times: `scrapy restore` (docs/operations.md)."),
    ),
    "no_dates": _kind(
        None, "hầu hết bài không có ngày",
        "hardly any article of the portal has a date",
        ("Sửa `markup.date`. Cổng không in ngày: ghi `undated = True` vào spider.", "Mend `markup.date`. A portal that prints none: `undated = True` in the spider."),
    ),
    "stale": _kind(
        None, "lâu chưa chạy",
        "no run for days",
        ("Bộ hẹn giờ có chạy không? `systemctl list-timers`. Cổng đã đóng: ghi `valid_to`.", "Is the timer on? `systemctl list-timers`. A portal that is closed: `valid_to`."),
    ),
    "unfinished": _kind(
        None, "lần chạy bị cắt ngang",
        "the last run never came to its end",
        ("Chạy lại: tiếp tục từ chỗ dừng.", "Run again: it goes on where it was."),
    ),
    "never_visited": _kind(
        None, "chưa chạy lần nào",
        "no run yet",
        ("`scrapy crawl CỔNG`.", "`scrapy crawl PORTAL`."),
    ),
    "never_succeeded": _kind(
        None, "chưa lần nào chạy tốt",
        "no good run yet",
        ("Xem các cảnh báo khác của cổng.", "See the other alarms of the portal."),
    ),
}  # fmt: skip


def code_of(outcome: str) -> str:
    """The alarm for the outcome of a look: `http_404` → `http_4xx`."""
    if outcome.startswith("http_") and is_number(outcome[5:6]):
        return "http_5xx" if outcome[5] == "5" else "http_4xx"
    if outcome.startswith("redirect_"):
        return "redirects"
    if outcome.startswith("tls_"):
        return "tls"
    outcome = {"retry_later": "http_5xx", "headers_too_large": "too_large"}.get(outcome, outcome)
    if outcome in ("outside", "unsupported_scheme"):
        return "redirects"
    return next(
        (code for code in (outcome, outcome.partition("_")[0]) if code in KINDS), "connection"
    )


def failure_of(alarm: Alarm) -> str | None:
    """The class of failure a run with this alarm is booked under; None: the run itself was good."""
    return KINDS[alarm.code].failure
