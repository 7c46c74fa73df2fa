"""Everything the programs say to people: Vietnamese first, English beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

LANGUAGES = ("vi", "en")
Words = tuple[str, str]  # one for each language; values stand in braces


class Message(str):
    """A sentence in both languages, one a line, with its code in the catalogue and its values."""

    __slots__ = ("code", "sentences", "values")

    code: str
    values: Mapping[str, object]
    sentences: Words

    def __new__(cls, code: str, words: Words, values: Mapping[str, object]) -> Self:
        vietnamese, english = (said_in(lang, words, values) for lang in LANGUAGES)
        message = super().__new__(cls, f"{vietnamese}\n  {english}")
        message.code, message.values, message.sentences = code, values, (vietnamese, english)
        return message

    @property
    def line(self) -> str:
        """Both languages on one line."""
        return " | ".join(self.sentences)

    def in_language(self, lang: str) -> str:
        return self.sentences[LANGUAGES.index(lang)]


def said_in(lang: str, words: Words, values: Mapping[str, object]) -> str:
    """The sentence in one language; a value that is a message itself is said in it, too."""
    text = words[LANGUAGES.index(lang)]
    if not values:
        return text.format()
    return text.format(
        **{
            name: value.in_language(lang) if isinstance(value, Message) else value
            for name, value in values.items()
        }
    )


class MessageError(Exception):
    """What went wrong, to be told to people; `message.code` and `message.values` are for programs."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


MESSAGES: dict[str, Words] = {
    "archive_missing": (
        "Không có kho lưu trữ {path}. Hãy chạy `make archive` hoặc `scrapy crawl …` trước.",
        "There is no archive at {path}. Run `make archive` or `scrapy crawl …` first.",
    ),
    "archive_unwritable": (
        "Không ghi được vào {path}: {detail}. Hãy kiểm tra thư mục và quyền ghi.",
        "Cannot write to {path}: {detail}. Check the folder and its permissions.",
    ),
    "archive_unusable": (
        "Không dùng được {path}: {detail}. Hãy kiểm tra tệp, hoặc khôi phục: scrapy restore",
        "Cannot use {path}: {detail}. Check the file, or get the last snapshot back: scrapy restore",
    ),
    "archive_damaged": (
        "{path} bị hỏng ({detail}). Không ghi gì thêm; hãy khôi phục: scrapy restore",
        "{path} is damaged ({detail}). Nothing was written; "
        "get the last snapshot back: scrapy restore",
    ),
    "archive_foreign": (
        "{path} không phải là kho lưu trữ của dự án này. Hãy chọn tệp khác: -s ARCHIVE_DB=…",
        "{path} is a database, but not an archive of this project. Name another file: "
        "-s ARCHIVE_DB=…",
    ),
    "archive_newer": (
        "{path} do một phiên bản mới hơn của chương trình ghi ({detail}). Hãy cập nhật chương trình.",
        "{path} was written by a newer version of this program ({detail}). Update the program.",
    ),
    "archive_busy": (
        "Một tiến trình khác đang ghi vào {path}. Hãy đợi nó xong rồi chạy lại.",
        "Another process is writing to {path}. Wait until it ends and run again.",
    ),
    "disk_low": (
        "Đĩa chứa {path} chỉ còn {free} MB; dừng trước khi mất dữ liệu. Hãy giải phóng chỗ trống.",
        "The disk of {path} has only {free} MB left; stopped before anything is lost. "
        "Make room and run again.",
    ),
    "storage_failed": (
        "Không ghi được kho lưu trữ: {detail}. Trang đang dở sẽ được tải lại ở lần chạy sau.",
        "The archive could not be written: {detail}. The page in flight is fetched again next run.",
    ),
    "warc_missing": (
        "Không đọc được tệp WARC {path}: {detail}.",
        "Cannot read the WARC file {path}: {detail}.",
    ),
    "warc_truncated": (
        "Tệp WARC {path} bị cụt hoặc hỏng ở byte {offset}: {detail}. Hãy tải lại tệp.",
        "The WARC file {path} is truncated or damaged at byte {offset}: {detail}. "
        "Fetch the file again.",
    ),
    "warc_one_stream": (
        "Tệp WARC {path} bị nén thành một luồng. Hãy nén lại từng bản ghi: warcio recompress",
        "The WARC file {path} is compressed as one stream. Compress each record by itself: "
        "warcio recompress",
    ),
    "captures_unwritable": (
        "Không ghi được thư mục bản chụp {path}: {detail}. Đổi bằng -s CAPTURES_DIR=…",
        "Cannot write captures to {path}: {detail}. Name another folder: -s CAPTURES_DIR=…",
    ),
    "portal_unknown": (
        "Không có cổng tên `{name}`. Gần giống: {near}. Danh sách đầy đủ: scrapy list",
        "There is no portal called `{name}`. Close: {near}. All of them: scrapy list",
    ),
    "portal_missing": (
        "Hãy nêu tên một cổng, ví dụ: scrapy crawl yen_bai. Danh sách đầy đủ: scrapy list",
        "Name a portal, for example: scrapy crawl yen_bai. All of them: scrapy list",
    ),
    "argument_wrong": (
        "Tham số {name}={value} không đúng: cần {wanted}.",
        "The argument {name}={value} is wrong: {wanted} is wanted.",
    ),
    "extract_input": (
        "Hãy cho biết đọc gì: --warc TỆP …, hoặc --html TỆP cùng với --url ĐỊA_CHỈ.",
        "Say what to read: --warc FILE …, or --html FILE together with --url URL.",
    ),
    "backfill_input": (
        "Hãy nêu cổng và nguồn: scrapy backfill yen_bai --warc TỆP …, hoặc "
        "scrapy backfill yen_bai --wayback [ĐỊA_CHỈ]",
        "Name the portal and the source: scrapy backfill yen_bai --warc FILE …, or "
        "scrapy backfill yen_bai --wayback [ENDPOINT]",
    ),
    "waybacked": (
        "{portal}: đã hỏi {asked} lần; trong kho web: {saved} bản chụp đã đọc, {known} đã có sẵn, "
        "{listed} còn chờ, {elsewhere} ở ngày khác, {missed} lỡ lần này, {failed} không lấy được",
        "{asked} requests; in the web archive: {saved} captures read, {known} known already, "
        "{listed} still to come, {elsewhere} under another date, {missed} missed this time, "
        "{failed} could not be had",
    ),
    "wayback_nothing": (
        "{endpoint} không có bản chụp bài nào của {hosts}.",
        "{endpoint} has no capture of an article of {hosts}.",
    ),
    "wayback_no_index": (
        "Không đọc được chỉ mục của kho web: {detail}. Hãy cho địa chỉ kho, hoặc của một bộ sưu tập "
        "pywb, ví dụ http://host:8080/collection",
        "The web archive's index cannot be read: {detail}. Give the address of an archive, or of a "
        "pywb collection, for example http://host:8080/collection",
    ),
    "wayback_unanswered": (
        "Kho web {url} không trả lời ({outcome}). Những gì đã lấy được giữ lại; hãy chạy lại sau.",
        "The web archive {url} does not answer ({outcome}). What has come is kept; run again later.",
    ),
    "wayback_later": (
        "Kho web {url} xin được để yên {seconds} giây (Retry-After). Những gì đã lấy được giữ lại; hãy "
        "chạy lại sau đó.",
        "The web archive {url} asks to be left alone for {seconds} s (Retry-After). What has come is "
        "kept; run again after that.",
    ),
    "wayback_private": (
        "{host} dẫn đến địa chỉ nội bộ. Nếu đó là kho của chính bạn: -s PRIVATE_HOSTS_ALLOWED={host}",
        "{host} leads to a private address. If the archive is your own: "
        "-s PRIVATE_HOSTS_ALLOWED={host}",
    ),
    "rescued": (
        "{portal}: biết {known} địa chỉ bài, {captured} bản chụp; {read} bản đã thành bài, "
        "{refused} bị từ chối, {waiting} còn chờ; {lost} bài có trong danh sách mà không nơi nào giữ",
        "{known} article addresses known, {captured} captures; {read} read as articles, {refused} "
        "refused, {waiting} still to come; {lost} articles were listed and nobody kept them",
    ),
    "rescue_plan": (
        "{portal} @ {source}: {requests} lần hỏi, {megabytes} MB, {hours} giờ",
        "{portal} @ {source}: {requests} requests, {megabytes} MB, {hours} hours",
    ),
    "rescue_plan_whole": (
        "Tất cả: {requests} lần hỏi, {megabytes} MB, {hours} giờ (các kho được hỏi song song)",
        "Together: {requests} requests, {megabytes} MB, {hours} hours (sources are asked side by side)",
    ),
    "rescue_left": (
        "Chưa xong, lần sau đi tiếp từ chỗ đó: {portals}",
        "Not ended; the next run goes on from there: {portals}",
    ),
    "rescue_waits": (
        "Một tiến trình khác đang ghi vào {path}; đợi nó xong, trong khoảng --hours.",
        "Another process is writing to {path}; waiting for it to end, within --hours.",
    ),
    "rescue_down": (
        "{source}: chưa trả lời được: {detail}",
        "{source} gives no answer to this: {detail}",
    ),
    "rescue_source_down": (
        "Kho web {source} không dùng được lần này: {detail}. Những gì đã lấy được giữ lại; hãy chạy "
        "lại sau.",
        "The web archive {source} could not be used this time: {detail}. What has come is kept; run "
        "again later.",
    ),
    "rescue_missed": (
        "{count} bản chụp chưa lấy được hoặc không đúng như chỉ mục nói; lý do nằm trong bảng "
        "`rescued`. Hãy chạy lại sau.",
        "{count} captures could not be had, or were not what the index says; the reasons are in "
        "`rescued`. Run again later.",
    ),
    "rescue_sold": (
        "{portal}: tên miền {host} đã thuộc về người khác từ {since}; trang sau ngày đó bị từ chối "
        "(parked)",
        "{portal}: the domain {host} has had another owner since {since}; pages after that are "
        "refused (parked)",
    ),
    "backfilled": (
        "{portal}: {answers} bản ghi trong tệp: {own} của cổng này, {foreign} của nơi khác; "
        "{read} đã đọc, {known} đã có; {unresolved} lần xem lại thiếu bản gốc",
        "{answers} records in the files: {own} of this portal, {foreign} of other hosts; "
        "{read} read, {known} known already; {unresolved} revisits without their original",
    ),
    "backfill_damaged": (
        "Tệp {path} bị cụt hoặc hỏng ở byte {offset}: {detail}. Những gì còn nguyên đã được lấy.",
        "{path} is truncated or damaged at byte {offset}: {detail}. What is whole was taken.",
    ),
    "backfill_unreadable": (
        "{count} bản ghi không đọc lại được.",
        "{count} records could not be read back.",
    ),
    "backfill_nothing": (
        "Trong tệp không có trang nào của {portal} ({hosts}). Các máy chủ có trong tệp: {found}",
        "The files hold no page of {portal} ({hosts}). The hosts in them: {found}",
    ),
    "reextracted": (
        "Đã đọc lại {looks} lần chụp: {changed} giá trị đổi; {unreadable} lần chụp không còn tệp",
        "{looks} captures read anew: {changed} values change; {unreadable} captures have no file",
    ),
    "reextract_damaged": (
        "{count} lần chụp trong {path} không đọc lại được; bài của chúng giữ nguyên.",
        "{count} captures in {path} could not be read back; their articles stay as they were.",
    ),
    "reextract_alone": (
        "{count} lần chụp được đọc riêng từng trang, vì tiến trình đọc chung không xong",
        "{count} captures were read one by one: the process that had them among others gave no answer",
    ),
    "file_unusable": (
        "Không dùng được tệp {path}: {detail}.",
        "Cannot use the file {path}: {detail}.",
    ),
    "health": (
        "{portals} cổng, {bad} cổng có vấn đề",
        "{portals} portals, {bad} with something wrong",
    ),
    "accept_nothing": (
        "Hãy nêu tên cổng được chấp nhận như hiện nay: scrapy health --accept yen_bai",
        "Name the portals that are accepted as they are: scrapy health --accept yen_bai",
    ),
    "accepted": (
        "Từ nay lấy hiện trạng làm chuẩn: {portals}",
        "the present state is the measure from now on: {portals}",
    ),
    "archive_damaged_part": (
        "Kho lưu trữ bị hỏng: {detail}. Khôi phục: scrapy restore",
        "The archive is damaged: {detail}. Get the last snapshot back: scrapy restore",
    ),
    "remove_input": (
        'Hãy cho địa chỉ bài và lý do: scrapy remove ĐỊA_CHỈ --reason "…"',
        'Give the article\'s address and the reason: scrapy remove URL --reason "…"',
    ),
    "remove_nothing": (
        "Kho không có bài nào ở địa chỉ {url}.",
        "The archive has no article at {url}.",
    ),
    "removed": (
        "Đã gỡ {url}: {versions} bản; giữ lại mã băm và lý do",
        "removed {url}: {versions} versions; the hash and the reason are kept",
    ),
    "redacted": (
        "Đã xoá {records} bản ghi khỏi {files} tệp bản chụp",
        "{records} records taken out of {files} files of captures",
    ),
    "redaction_kind": (
        "{path}: không phải tệp WARC rời từng bản ghi (ARC, WACZ); hãy tự xoá tệp nếu phải gỡ cả bản chụp",
        "{path}: no WARC file (ARC, WACZ), left as it is; delete it yourself if the record must go too",
    ),
    "redaction_absent": (
        "{path}: không có ở đây nên chưa xoá được bản ghi trong đó",
        "{path}: not here, its records of what was removed could not be taken out",
    ),
    "redaction_foreign": (
        "{path}: nằm ngoài thư mục bản chụp nên được giữ nguyên; hãy tự xoá nếu phải gỡ cả bản chụp",
        "{path}: outside the folder of captures, left as it is; delete it yourself if the record must go too",
    ),
    "publish_refused": (
        "Không công bố {path}; bản cũ được giữ nguyên. Lý do:",
        "{path} is not published; the last dump stays. Why:",
    ),
    "gate_foreign": (
        "không phải là kho lưu trữ của dự án này",
        "it is no archive of this project",
    ),
    "gate_unreadable": ("không đọc được ({detail})", "it cannot be read ({detail})"),
    "gate_damaged": ("tệp bị hỏng: {detail}", "the file is damaged: {detail}"),
    "gate_older": (
        "thuộc phiên bản cũ, còn thiếu {detail}; hãy chạy `scrapy nightly` một lần để nâng cấp",
        "it is of an older version and lacks {detail}; run `scrapy nightly` once to bring it up",
    ),
    "gate_newer": (
        "thuộc phiên bản mới hơn ({detail}); hãy cập nhật chương trình",
        "it is of a newer version ({detail}); update the program",
    ),
    "gate_shape": (
        "cấu trúc khác với phiên bản này: {detail}",
        "its shape is not this version's: {detail}",
    ),
    "gate_reference": (
        "{count} dòng của {table} trỏ tới dòng không có trong {parent}",
        "{count} rows of {table} refer to missing rows of {parent}",
    ),
    "gate_hash": (
        "{table}: {count} văn bản không khớp mã băm ({example})",
        "{table}: {count} texts do not have their hash ({example})",
    ),
    "gate_identity": (
        "{count} bài có số không đúng với cổng và tên riêng ({example})",
        "{count} articles have a number that is not theirs ({example})",
    ),
    "gate_no_revision": (
        "{count} bài không có bản nào trong revisions ({example})",
        "{count} articles have no revision ({example})",
    ),
    "gate_ahead_of_history": (
        "{count} bài mới hơn bản mới nhất trong revisions ({example})",
        "{count} articles are newer than their newest revision ({example})",
    ),
    "gate_removed_is_back": (
        "{count} bài đã gỡ theo yêu cầu lại có mặt ({example})",
        "{count} articles that were removed on request are back ({example})",
    ),
    "gate_search": (
        "chỉ mục {table} có {found} trên {articles} bài; hãy chạy `sqlite-utils rebuild-fts`",
        "the search index {table} holds {found} of {articles} articles; "
        "run `sqlite-utils rebuild-fts`",
    ),
    "gate_search_stale": (
        "chỉ mục {table} không khớp nội dung các bài; hãy chạy `sqlite-utils rebuild-fts`",
        "the search index {table} does not fit the articles; run `sqlite-utils rebuild-fts`",
    ),
    "gate_moment": (
        "{table}.{column}: {count} thời điểm không thể có ({example})",
        "{table}.{column}: {count} moments that cannot be ({example})",
    ),
    "gate_value": (
        "{table}.{column}: {count} giá trị sai dạng ({example})",
        "{table}.{column}: {count} values that have not its form ({example})",
    ),
    "gate_unlike_revision": (
        "{count} bài khác với bản của chính lần xem ấy trong revisions ({example})",
        "{count} articles differ from the revision of the same look ({example})",
    ),
    "gate_few": (
        "chỉ có {count} bài, cần ít nhất {least}",
        "{count} articles; at least {least} are expected",
    ),
    "gate_lost": (
        "{count} dòng của {table} có trong {name} nay không còn",
        "{count} rows of {table} that {name} holds are gone",
    ),
    "published": (
        "Đã công bố vào {path}",
        "published to {path}",
    ),
    "published_already": (
        "Không có gì mới để công bố vào {path}",
        "nothing new to publish to {path}",
    ),
    "publish_busy": (
        "Một tiến trình khác đang công bố vào {path}. Hãy đợi nó xong rồi chạy lại.",
        "Another process is publishing to {path}. Wait until it ends and run again.",
    ),
    "publish_failed": (
        "Không công bố được vào {path}: {detail}. Bản cũ được giữ nguyên.",
        "Could not publish to {path}: {detail}. The last dump stays.",
    ),
    "publish_last_unreadable": (
        "Không đọc được {path}: {detail}. Hãy khôi phục tệp, hoặc xóa nó để bắt đầu lại từ đầu.",
        "Cannot read {path}: {detail}. Restore the file, or delete it to begin anew.",
    ),
    "publish_without_parquet": (
        "Không có pyarrow: không ghi Parquet. Cài bằng: pip install pyarrow",
        "pyarrow is not installed: no Parquet is written. Install it: pip install pyarrow",
    ),
    "publish_without_delta": (
        "Không có tệp delta: bản trước {name} không còn nguyên vẹn, hoặc có cấu trúc khác",
        "no delta: the last dump {name} is not whole any more, or of another shape",
    ),
    "signing_key": (
        "Khóa ký {path} không dùng được: {detail}",
        "The signing key {path} cannot be used: {detail}",
    ),
    "site_written": (
        "Đã ghi trang tĩnh vào {path}",
        "a page without a server is written to {path}",
    ),
    "publish_captures_missing": (
        "{count} bản chụp không có trong {path}: các tệp WACZ không chứa chúng",
        "{count} captures are not in {path}: the WACZ files are without them",
    ),
    "record_input": (
        "Hãy cho một địa chỉ hoặc số của bài: scrapy record URL",
        "Give one address, or an article's number: scrapy record URL",
    ),
    "record_unknown": (
        "{asked}: kho không có bản chụp nào",
        "{asked}: the archive has no capture of it",
    ),
    "record_removed": (
        "{asked}: đã gỡ theo yêu cầu, bản chụp không được công bố",
        "{asked}: removed on request, its captures are not given out",
    ),
    "record_elsewhere": (
        "Không tìm thấy {warc} trong {path}. Tải tệp captures-….wacz của tháng ấy và chỉ thư mục: "
        "--dumps FOLDER. Trang có nhắc tới bài đã gỡ theo yêu cầu thì không được công bố.",
        "{warc} is not in {path}. Download the month's captures-….wacz and name the folder: "
        "--dumps FOLDER. A page that names an article removed on request is not published.",
    ),
    "record_written": ("Đã ghi {path}", "written to {path}"),
    "merge_input": (
        "Hãy nêu các phần cần gộp: scrapy merge phan1.db phan2.db …",
        "Name the shards to merge: scrapy merge shard1.db shard2.db …",
    ),
    "merge_itself": (
        "{path} chính là kho đích. Hãy nêu kho khác bằng --db.",
        "{path} is the archive to merge into. Name another with --db.",
    ),
    "merge_refused": (
        "Không gộp gì cả: {path} không dùng được. Lý do:",
        "Nothing was merged: {path} cannot be used. Why:",
    ),
    "merge_failed": (
        "Không gộp được {path}: {detail}. Kho đích như trước khi gộp phần này; chạy lại được.",
        "Could not merge {path}: {detail}. The archive is as before this shard; run again.",
    ),
    "merged": (
        "{path}: {articles} bài mới, {changed} bài khác; {revisions} bản, {captures} lần xem mới; "
        "{removed} bài gỡ theo yêu cầu",
        "{articles} new articles, {changed} that differed; {revisions} versions and {captures} "
        "looks added; {removed} removed on request",
    ),
    "newportal_input": (
        "Hãy cho một địa chỉ, ví dụ: scrapy newportal https://sokhcn.laocai.gov.vn/",
        "Give an address, for example: scrapy newportal https://sokhcn.laocai.gov.vn/",
    ),
    "newportal_nothing": (
        "Không thấy bài viết nào ở {url}. Hãy thử địa chỉ của một trang danh sách tin.",
        "No article was found at {url}. Try the address of a page that lists news.",
    ),
    "newportal_wordless": (
        "Đa số bài không đọc được nội dung, ví dụ {url}. Không ghi gì; hãy xem trang đó và báo lỗi.",
        "The text of most articles could not be read, for example {url}. Nothing is written; look at "
        "that page and report it.",
    ),
    "newportal_unknown": (
        "Chưa biết: {what}",
        "could not tell: {what}",
    ),
    "newportal_review": (
        "Hãy đọc {path}, sửa chỗ sai, rồi đổi reviewed thành true; trước đó `make test` còn báo lỗi.",
        "Read {path}, mend what is wrong, then set reviewed to true; until then `make test` fails.",
    ),
    "province_unknown": (
        "Không biết {name} thuộc tỉnh nào. Hãy thêm --province, ví dụ --province lao_cai",
        "It is not known which province {name} belongs to. Add --province, for example "
        "--province lao_cai",
    ),
    "spider_exists": (
        "Đã có {path}. Hãy đặt tên khác: --name lao_cai_moi",
        "There is a {path} already. Give another name: --name lao_cai_new",
    ),
    "pattern": (
        "{portal}: mẫu địa chỉ bài viết (ghi vào article_urls): {pattern}",
        "pattern of its article addresses, for article_urls: {pattern}",
    ),
    "look_at": (
        "Cần xem lại: {portals}",
        "have a look at: {portals}",
    ),
    "not_told": (
        "Không gửi được thông báo: {detail}",
        "the notification could not be sent: {detail}",
    ),
    "spider_broken": (
        "Không nạp được spider `{name}`: {detail}. Hãy sửa tệp rồi chạy lại.",
        "The spider `{name}` cannot be imported: {detail}. Mend the file and run again.",
    ),
    "progress": (
        "{done} cổng xong, {going} cổng đang chạy: {pages} trang, {articles} bài ({new} mới), "
        "{errors} lỗi, {rate}/giây",
        "{done} portals done, {going} going on: {pages} pages, {articles} articles ({new} new), "
        "{errors} errors, {rate}/s",
    ),
    "progress_columns": (
        "cổng / portal | trang / pages | bài (mới) / articles | lỗi / errors | /s | còn / left | phút / min",
        "portal | pages | articles (new) | errors | /s | left | min",
    ),
    "contact_missing": (
        "Chưa đặt KHCN_CONTACT: các cổng cần biết hỏi ai. Ví dụ: "
        "export KHCN_CONTACT=https://example.org/ve-kho-luu-tru",
        "KHCN_CONTACT is not set: portals must know whom to ask. For example: "
        "export KHCN_CONTACT=https://example.org/about-this-archive",
    ),
    "summary": (
        "{portal}: {outcome}; {pages} trang, {articles} bài: {new} mới, {edited} sửa, "
        "{unchanged} như cũ; {refused} từ chối, {errors} lỗi; còn chờ {pending}; {seconds} giây",
        "{outcome}; {pages} pages, {articles} articles: {new} new, {edited} edited, "
        "{unchanged} unchanged; {refused} refused, {errors} errors; {pending} pending; "
        "{seconds} s",
    ),
    "alarm": (
        "{portal}: {code}: {meaning}",
        "{meaning}: {detail}",
    ),
    "restore_input": (
        "Nêu nhiều nhất một tệp: scrapy restore [BẢN_SAO.db]",
        "Name one file at most: scrapy restore [COPY.db]",
    ),
    "restore_nothing": (
        "Không có bản sao nào dùng được để khôi phục {path}. Nếu còn captures/: scrapy backfill",
        "There is no copy that {path} could be restored from. With captures/ left: scrapy backfill",
    ),
    "restored": (
        "Đã khôi phục {path} từ {source} (lần chạy cuối {newest})",
        "{path} is restored from {source} (its last run {newest})",
    ),
    "set_aside": (
        "Tệp cũ được giữ ở {path}",
        "the old file is kept as {path}",
    ),
    "restore_unusable": (
        "Bỏ qua {path}: {detail}",
        "{path} is passed over: {detail}",
    ),
    "restore_future": (
        "Bỏ qua {path}: giờ trong tên ở tương lai (đồng hồ sai); trang sẽ được tải lại",
        "{path} is passed over: its time is to come (a wrong clock); its pages are fetched again",
    ),
    "restore_removals_unknown": (
        "Không đọc được kho cũ: bài đã gỡ sau {newest} có thể còn trong bản này; hãy gỡ lại (scrapy remove)",
        "the old archive cannot be read: what was removed after {newest} may stand in this copy; "
        "remove it again (scrapy remove)",
    ),
    "restore_undescribed": (
        "{count} tệp của {portal} không đọc: không còn spider",
        "{count} files of {portal} are not read: there is no spider any more",
    ),
    "restore_read": (
        "Đã đọc {read} bản chụp trong {files} tệp; kho có {articles} bài. Tiếp theo: scrapy nightly",
        "{read} captures read from {files} files; the archive has {articles} articles. "
        "Next: scrapy nightly",
    ),
    "snapshot_failed": (
        "Không ghi được bản sao hằng đêm: {detail}",
        "the nightly snapshot could not be written: {detail}",
    ),
    "clock_ahead": (
        "Đồng hồ máy này ({ours}) chạy trước máy chủ ({theirs}); dừng, không ghi gì. Hãy chỉnh đồng hồ.",
        "This machine's clock ({ours}) is ahead of the servers' ({theirs}); stopped, nothing is kept. "
        "Set the clock.",
    ),
    "told_alarm": (
        "{mark} {portal}: {meaning} ({code}), từ {since}. Cần làm: {remedy}\n    {detail}",
        "{meaning}, since {since}. What to do: {remedy}",
    ),
    "told_new": ("* mới", "new"),
    "killed_before": (
        "Lần chạy {run} bị cắt ngang (máy tắt hoặc tiến trình bị dừng); lần này đi tiếp từ chỗ đó.",
        "The run of {run} was killed before its end; this one went on where it was.",
    ),
    "unfinished_run": (
        "! Lần chạy {run} bị cắt ngang và chưa có lần nào sau nó. Hãy chạy lại: scrapy nightly",
        "! The run of {run} was killed before its end, and none came after it. Run: scrapy nightly",
    ),
    "hours_wrong": (
        "--hours {value}: cần một số giờ lớn hơn 0.",
        "--hours {value}: a number of hours above 0 is wanted.",
    ),
    "not_begun": (
        "Chưa đến lượt: {portals}",
        "never had their turn: {portals}",
    ),
    "no_spider": (
        "không còn spider",
        "no spider any more",
    ),
    "archive_empty": (
        "{path} không có hoặc rỗng, tuy đã từng có kho lưu trữ. Khôi phục: scrapy restore",
        "{path} is absent or empty, and an archive was there. Get it back: scrapy restore",
    ),
    "archive_is_dump": (
        "{path} là bản công bố, không phải kho đang dùng. Dựng kho từ đó: scrapy restore {path}",
        "{path} is a published dump, not a working archive. Make one of it: scrapy restore {path}",
    ),
    "estimate": (
        "{portal}: {known} bài đã có, {waiting} địa chỉ còn chờ; {seconds} giây một trang, "
        "{a_night} trang một đêm: ít nhất {nights} đêm",
        "{known} articles known, {waiting} addresses wait; {seconds} s a page, {a_night} pages a "
        "night: {nights} nights at least",
    ),
    "left": (
        "Còn chờ {waiting} địa chỉ: ít nhất {nights} đêm nữa",
        "{waiting} addresses wait: {nights} more nights at least",
    ),
    "night": (
        "Đã chạy {portals} cổng: {ok} tốt, {failed} hỏng; {new} bài mới, {edited} bài sửa; "
        "{seconds} giây",
        "{portals} portals: {ok} fine, {failed} failed; {new} new articles, {edited} edited; "
        "{seconds} s",
    ),
    "outcome_ok": ("tốt (ok)", "ok"),
    "outcome_partial": ("một phần (partial)", "partial"),
    "outcome_failed": ("hỏng (failed)", "failed"),
    "outcome_capped": ("dừng ở mức đã định (capped)", "capped"),
    "files_done": (
        "{portal}: tệp đính kèm và ảnh: {new} mới, {failed} không lấy được; {asked} lần hỏi, {size} MB; "
        "còn chờ {left}",
        "files: {new} new, {failed} not to be had; {asked} requests, {size} MB; {left} wait",
    ),
    "files_taken": (
        "{portal}: {count} tệp đính kèm và ảnh lấy từ bản chụp. Tiếp theo: scrapy read-files",
        "{count} documents and pictures taken from the captures. Next: scrapy read-files",
    ),
    "files_stand": (
        "Tệp: giữ {kept}; chờ tải {wanted} (mỗi cổng mỗi đêm {a_night}); chưa đọc {unread}; bản quét chờ nhận dạng {scans}; "
        "không đọc được hết: {unreadable}; không lấy được trong {days} ngày: {refused}",
        "files: {kept} kept; {wanted} to be asked for ({a_night} a portal and night); {unread} unread; {scans} scans wait "
        "for recognition; not read whole: {unreadable}; not to be had in {days} days: {refused}",
    ),
    "redactions_wait": (
        "Còn bài đã gỡ mà bản chụp chưa xoá xong: {portals}. Lần chạy hoặc lần gỡ kế tiếp sẽ làm nốt",
        "removed articles whose captures are not taken out yet: {portals}; the next run or removal does it",
    ),
    "files_read": (
        "Đã đọc {read} tệp, {facts} văn bản hành chính; {problems} tệp không đọc được hết; {seconds} giây",
        "{read} files read, {facts} administrative documents; {problems} not read whole; {seconds} s",
    ),
    "files_wait": (
        "Còn chờ: {unread} tệp chưa đọc, {scans} bản quét chưa nhận dạng (scrapy read-files --ocr)",
        "waiting: {unread} files unread, {scans} scans without recognition (scrapy read-files --ocr)",
    ),
    "ocr_missing": (
        "Không có Tesseract với tiếng Việt: {scans} bản quét phải chờ. Hãy cài: "
        "apt install tesseract-ocr tesseract-ocr-vie",
        "No Tesseract with Vietnamese here: {scans} scans have to wait. Install it: "
        "apt install tesseract-ocr tesseract-ocr-vie",
    ),
    "help_scheduler": (
        "chia việc cho các máy của bộ điều phối Dask này",
        "deal the work to the workers of this Dask scheduler",
    ),
    "help_store": (
        "nơi các máy cùng giữ phần của mình; không có --scheduler thì chỉ máy này làm",
        "where machines keep their shards; without --scheduler this machine does all of it",
    ),
    "store_wanted": (
        "--scheduler cần --store: file:///thư-mục (mọi máy cùng thấy) hoặc s3://bucket/…",
        "--scheduler wants --store: file:///folder (that all machines see) or s3://bucket/…",
    ),
    "cluster_missing": (
        "Thiếu gói {name} để chạy nhiều máy. Hãy cài: pip install 'khcn-archive[cluster]'",
        "{name}, which many machines need, is not installed: pip install 'khcn-archive[cluster]'",
    ),
    "scheduler_away": (
        "{address}: không có bộ điều phối nào trả lời ({detail}). Hãy chạy: dask scheduler",
        "{address}: no scheduler answers ({detail}). Run one: dask scheduler",
    ),
    "scheduler_alone": (
        "{address}: bộ điều phối chưa có máy nào. Hãy chạy: dask worker {address}",
        "{address}: the scheduler has no worker yet. Run one: dask worker {address}",
    ),
    "store_failed": (
        "Không dùng được kho chung {store}: {detail}",
        "The store {store} cannot be used: {detail}",
    ),
    "store_damaged": (
        "{store}: {name} bị hỏng hoặc thiếu; phần này sẽ không được dùng",
        "{store}: {name} is damaged or not whole; it is not used",
    ),
    "store_other": (
        "{store} ở máy này là kho khác hoặc chưa được gắn",
        "{store} is another store on this machine, or is not mounted",
    ),
    "store_careless": (
        "{store} cho hai máy cùng ghi một tên (không có If-None-Match): không giữ được khóa ở đó",
        "{store} lets two machines write one name (no If-None-Match): no lease can be kept there",
    ),
    "store_busy": (
        "Máy {owner} đang điều phối từ {store}; hãy đợi nó xong",
        "{owner} deals out of {store} just now; wait until it is done",
    ),
    "store_taken": (
        "Một máy khác đã thay máy này điều phối từ {store}: dừng ở đây",
        "Another machine has taken over dealing out of {store}: this one stops",
    ),
    "cluster_alone": (
        "Chưa có máy nào nhận việc; đang đợi (dask worker …)",
        "No worker is there yet; waiting (dask worker …)",
    ),
    "cluster_nobody": (
        "Không có máy nào nhận việc suốt {seconds} giây: bỏ phần còn lại",
        "No worker for {seconds} s: what is left is not done",
    ),
    "cluster_stopping": (
        "Dừng theo yêu cầu: đợi {count} nhóm đang chạy ghi xong",
        "Stopping as asked: waiting for {count} groups to write what they have",
    ),
    "cluster_silent": (
        "{group}: máy {worker} im lặng quá hạn; {by} làm lại",
        "{group}: {worker} was silent for too long; {by} did it again",
    ),
    "cluster_again": (
        "{group}: máy {worker} không làm xong ({why}); giao cho máy khác. {detail}",
        "{group}: {worker} did not get it done ({why}); given to another one. {detail}",
    ),
    "cluster_failed": (
        "{group}: không máy nào làm xong, lần cuối ở {worker} ({why}). {detail}",
        "{group}: nobody got it done, last {worker} ({why}). {detail}",
    ),
    "cluster_storage": (
        "Không lưu được: {groups}. Những gì các nhóm khác đem về đã ở trong kho.",
        "Could not be stored: {groups}. What other groups brought is in the archive.",
    ),
    "cluster_done": (
        "{done} nhóm xong, {failed} hỏng, {waiting} chưa đến lượt; {seconds} giây",
        "{done} groups done, {failed} failed, {waiting} had no turn; {seconds} s",
    ),
    "trouble_other_rules": ("chạy bản chương trình khác", "it runs another version of the program"),
    "trouble_lost": ("bị coi là đã chết và mất khóa", "it was thought dead and lost its lease"),
    "trouble_moved": ("phần này vừa đổi", "the shard had changed meanwhile"),
    "trouble_gone": ("kết quả không có trong kho chung", "what it brought is not in the store"),
    "trouble_store": ("không dùng được kho chung", "the store could not be used"),
    "trouble_disk": ("không ghi được lên đĩa", "its disk could not be written"),
    "trouble_crashed": ("chương trình lỗi", "the program failed"),
    "trouble_died": ("lệnh dừng đột ngột", "the command died"),
    "trouble_away": ("mất liên lạc với bộ điều phối", "the scheduler lost it"),
    "trouble_unfit": (
        "máy nhận việc không nạp được chương trình: PYTHONPATH?",
        "its worker cannot import the program: PYTHONPATH?",
    ),
    "trouble_stopped": ("được yêu cầu dừng trước khi bắt đầu", "it was to stop before it began"),
    "trouble_killed": ("máy dừng đột ngột nhiều lần", "workers died over it"),
    "help_no_files": ("không tải tệp đính kèm và ảnh", "ask for no documents and pictures"),
    "help_ocr": ("nhận dạng chữ trong bản quét", "recognise the words of scans"),
    "help_again": ("đọc lại mọi tệp", "read every file once more"),
    "help_hours_read": ("dừng sau chừng ấy giờ", "begin no file after this long"),
    "help_quiet": ("chỉ báo lỗi", "only say what is wrong"),
    "help_dry_run": ("chỉ in những gì sẽ đổi", "only print the changes"),
}


def say(code: str, /, **values: object) -> Message:
    """The sentence of that code with its values."""
    return Message(code, MESSAGES[code], values)


def say_short(code: str, /, **values: object) -> str:
    """Both languages on one line, for progress."""
    return say(code, **values).line
