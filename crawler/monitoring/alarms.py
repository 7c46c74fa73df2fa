"""The names of all that can be wrong with a portal, and what each one asks for.

`failure` is the class a run is booked under. Without one the alarm is about the portal, not about
the run: the run was good, and yet somebody should look.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.parsing import is_number


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that is wrong, by name, with what shows it."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What an alarm means, in Vietnamese and English, and what to do."""

    failure: str | None
    vietnamese: str
    english: str
    remedy: str


_WAIT = "Wait a night or two. If it stays, open the portal in a browser."
_ACCEPT = "If it is meant to be so: `scrapy health --accept PORTAL`."

KINDS: dict[str, Kind] = {
    "dns": Kind("dns", "không phân giải được tên máy chủ", "the host's name leads nowhere", _WAIT),
    "refused": Kind("refused", "máy chủ từ chối kết nối", "the connection is refused", _WAIT),
    "timeout": Kind("timeout", "máy chủ không trả lời kịp", "no answer in time", _WAIT),
    "connection": Kind("connection", "kết nối bị đứt", "the connection breaks", _WAIT),
    "truncated": Kind("connection", "trả lời bị cụt", "answers end too early", _WAIT),
    "too_large": Kind(
        "too_large", "trang quá lớn", "answers larger than DOWNLOAD_MAXSIZE",
        "See the addresses in `issues`; name them in the spider's `skip_urls`.",
    ),
    "tls": Kind(
        "tls", "chứng chỉ TLS có vấn đề", "the certificate or the TLS version is not accepted",
        "Look at the certificate. Where the portal is known to keep a bad one: "
        "`tls = \"unverified\"` in the spider.",
    ),
    "http_4xx": Kind(
        "http_4xx", "trang không còn (4xx)", "pages are refused or absent (4xx)",
        "Open the start page. New addresses go into `start_urls`.",
    ),
    "http_5xx": Kind("http_5xx", "máy chủ báo lỗi (5xx)", "the server fails (5xx)", _WAIT),
    "blocked": Kind(
        "blocked", "bị tường lửa chặn", "a firewall or a login page answers instead of the portal",
        "Ask the portal's office; the user agent names you. Do not go around the block.",
    ),
    "maintenance": Kind("maintenance", "đang bảo trì", "the portal says it is being worked on", _WAIT),
    "server_error": Kind("http_5xx", "trang báo lỗi hệ thống", "error messages answered as 200", _WAIT),
    "robots": Kind(
        "robots", "robots.txt không cho phép", "robots.txt now forbids known lists",
        "It is obeyed. Ask the portal's office when it looks like a mistake.",
    ),
    "private_address": Kind(
        "private_address", "tên máy chủ trỏ vào mạng riêng", "the host leads to a private address", _WAIT,
    ),
    "redirects": Kind(
        "redirects", "chuyển hướng hàng loạt", "pages redirect in circles, home, or elsewhere",
        "Open the address in the evidence. Most often the portal was rebuilt.",
    ),
    "host_moved": Kind(
        "redirects", "cổng đã sang tên miền khác", "the start page redirects to another host",
        "Put the new host first in `allowed_domains`, keep the old one behind it.",
    ),
    "start_gone": Kind(
        "http_4xx", "mất trang đầu", "a start page is gone, others still answer",
        "Mend `start_urls`.",
    ),
    "list_gone": Kind(
        "http_4xx", "mất một chuyên mục", "a section that had articles is gone",
        f"It is dropped after seven looks. {_ACCEPT}",
    ),
    "lists_empty": Kind(
        "site_changed", "trang danh sách trống", "lists that always had articles have none",
        f"The list's form has changed: mend `article_urls` or the platform. {_ACCEPT}",
    ),
    "lists_shrunk": Kind(
        "site_changed", "trang danh sách còn ít bài", "lists hold less than half of what they did",
        f"Compare the list with `_frontier.recent`. {_ACCEPT}",
    ),
    "paging_unreachable": Kind(
        "paging_unreachable", "không sang được trang sau",
        "further pages of a list are not linked, not there, or repeat the first",
        f"Open page 2 by hand. {_ACCEPT}",
    ),
    "no_articles": Kind(
        "site_changed", "chưa từng thấy bài nào", "pages answer, and not one article is known",
        "Run `scrapy newportal URL` and compare.",
    ),
    "patterns_unmatched": Kind(
        "site_changed", "địa chỉ bài viết không còn theo mẫu đã khai",
        "headlines, or pages with title, date and text, stand at addresses that `article_urls` does not know",
        "Write the pattern that the run printed, or that of the addresses in `issues`, into the spider; "
        "the articles keep their history.",
    ),
    "site_changed": Kind(
        "site_changed", "giao diện đã đổi", "list pages cannot be read any more",
        "Open the start page: a page filled by scripts, a parked domain, another system.",
    ),
    "extractor_refusals": Kind(
        "extractor_refusals", "nhiều trang bài không đọc được", "article pages yield no article",
        "`issues` has each reason. Mend the rules, then `scrapy reextract`.",
    ),
    "coverage_drop": Kind(
        "site_changed", "bài mới thiếu ngày, tác giả hoặc nội dung",
        "articles lack the date, byline or text that they used to have",
        "The article's form has changed: mend the spider's `markup`, then `scrapy reextract`.",
    ),
    "text_lost": Kind(
        "extractor_refusals", "mất nội dung bài khi bóc tách", "our own rules cut out what articles say",
        "`issues` names the rule (`prune_refused`, `text_lost`): mend the platform's `markup`, then "
        "`scrapy reextract`.",
    ),
    "duplicate_titles": Kind(
        "site_changed", "nhiều bài trùng tiêu đề", "most articles read last bear one title",
        "The title is read in the wrong place: mend `markup.title`, then `scrapy reextract`.",
    ),
    "mass_edits": Kind(
        "site_changed", "hàng loạt bài bị sửa", "most articles looked at again have another text",
        "Read some in `edited_articles`: a new form, or a portal that was defaced.",
    ),
    "mass_missing": Kind(
        "http_4xx", "hàng loạt bài biến mất", "most articles looked at again are not there",
        "The archive keeps them. Look for new addresses of the same articles.",
    ),
    "future_dates": Kind(
        "site_changed", "nhiều bài ghi ngày ở tương lai", "new articles bear dates to come",
        "Compare a page with `published_raw`; check `date_order` and this machine's clock.",
    ),
    "internal_error": Kind(
        "crashed", "lỗi của chương trình", "our own code failed on this portal",
        "Report it, with the evidence and the page's WARC record.",
    ),
    "crashed": Kind(
        "crashed", "spider không chạy được", "the spider could not be imported or started",
        "The evidence names file and error: mend it, then `scrapy crawl PORTAL`.",
    ),
    "storage": Kind(
        "storage", "không ghi được kho", "the archive could not be written",
        "Make room or mend the disk, then run again: nothing is lost.",
    ),
    "budget": Kind(
        None, "mỗi đêm đều không kịp", "cut off seven nights in a row, and no nearer to its end",
        "Raise `-a max_pages` or `--hours`, or crawl it by itself: `scrapy crawl PORTAL`.",
    ),
    "silent": Kind(
        None, "im lặng lâu hơn thường lệ", "nothing new for much longer than is usual",
        "Open the portal: does it have news that we do not see? A portal that is closed: "
        "`valid_to` in the spider.",
    ),
    "clock": Kind(
        None, "đồng hồ máy sai", "this machine's clock is behind the last run",
        "Set the clock; look at the times of the last run.",
    ),
    "no_dates": Kind(
        None, "hầu hết bài không có ngày", "hardly any article of the portal has a date",
        "Mend `markup.date`. A portal that prints none: `undated = True` in the spider.",
    ),
    "stale": Kind(None, "lâu chưa chạy", "no run for days", "Is the timer on? `systemctl list-timers`."),
    "unfinished": Kind(
        None, "lần chạy bị cắt ngang", "the last run never came to its end",
        "Run again: it goes on where it was.",
    ),
    "never_visited": Kind(None, "chưa chạy lần nào", "no run yet", "`scrapy crawl PORTAL`."),
    "never_succeeded": Kind(
        None, "chưa lần nào chạy tốt", "no good run yet", "See the other alarms of the portal."
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
