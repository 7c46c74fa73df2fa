"""Every word the desk itself says: Vietnamese first, English beside it."""

from __future__ import annotations

from crawler.messages import Message, Words, said_in

WORDS: dict[str, Words] = {
    # everywhere
    "site": (
        "Kho lưu trữ tin khoa học và công nghệ các tỉnh",
        "Archive of provincial science news",
    ),
    "site_short": ("Kho tin KH&CN", "S&T news archive"),
    "skip": ("Tới nội dung chính", "Skip to the content"),
    "menu": ("Các trang chính", "Main pages"),
    "home": ("Trang đầu", "Home"),
    "search": ("Tìm", "Search"),
    "overview": ("Tổng quan", "Overview"),
    "questions": ("Câu hỏi có sẵn", "Ready-made questions"),
    "feeds": ("Dòng tin", "Feeds"),
    "dictionary": ("Từ điển dữ liệu", "Data dictionary"),
    "data": ("Dữ liệu", "Data"),
    "other_language": ("English", "Tiếng Việt"),
    "other_code": ("en", "vi"),
    "licence": (
        "Văn bản thuộc về các cổng thông tin; kho chỉ lưu lại, ghi rõ nguồn. Mã nguồn: Apache-2.0.",
        "The texts belong to the portals; the archive keeps them and names their source. "
        "Code: Apache-2.0.",
    ),
    "removal": (
        "Xin gỡ bài: liên hệ người vận hành, kèm địa chỉ bài.",
        "To have an article removed, write to the operator with its address.",
    ),
    "unknown": ("không rõ", "unknown"),
    "none": ("không có", "none"),
    "utc": ("giờ UTC", "UTC"),
    # home
    "tagline": (
        "Tin bài trên cổng thông tin của Sở Khoa học và Công nghệ 63 tỉnh, thành, lưu lại mỗi đêm "
        "như người đọc đã thấy: tìm được, trích dẫn được, kể cả khi trang gốc đã sửa hay đã gỡ.",
        "What the Departments of Science and Technology of Vietnam's 63 provinces published, kept "
        "every night as readers saw it: searchable and citable, even after a page was edited or "
        "taken down.",
    ),
    "search_label": ("Tìm trong kho", "Search the archive"),
    "search_hint": (
        "Các chữ đi liền nhau được tìm như một cụm; không dấu cũng được. Ví dụ: chuyen doi so.",
        "Words in a row are looked for as a phrase; accents may be left out: chuyen doi so.",
    ),
    "search_example": ("đổi mới sáng tạo, dak lak, KH&CN", "đổi mới sáng tạo, dak lak, KH&CN"),
    "articles": ("bài", "articles"),
    "portals": ("cổng thông tin", "portals"),
    "provinces_now": ("tỉnh, thành (trước 7/2025)", "provinces (before July 2025)"),
    "last_night": ("Lần chạy gần nhất", "Latest run"),
    "no_run": ("Chưa chạy lần nào", "Nothing was run yet"),
    "night_new": ("bài mới", "new articles"),
    "night_edited": ("bài sửa", "edited"),
    "night_ok": ("cổng tốt", "portals fine"),
    "night_failed": ("cổng hỏng", "portals failed"),
    "newest": ("Mới nhất", "Newest"),
    "all_newest": ("Tất cả bài, mới nhất trước", "All articles, the newest first"),
    "map": ("Bản đồ các tỉnh", "Map of the provinces"),
    "map_63": ("63 tỉnh, đến 30/6/2025", "63 provinces, until 30 June 2025"),
    "map_34": ("34 tỉnh, từ 1/7/2025", "34 provinces, since 1 July 2025"),
    "map_note": (
        "Mỗi chấm là một tỉnh lỵ; chấm càng lớn, càng nhiều bài; màu cho biết bài mới nhất đã bao lâu.",
        "A dot is a province's seat; the larger, the more articles; the colour tells how old the "
        "newest one is.",
    ),
    "fresh_week": ("trong 7 ngày", "within 7 days"),
    "fresh_month": ("trong 30 ngày", "within 30 days"),
    "fresh_old": ("lâu hơn", "older"),
    "fresh_none": ("chưa có bài", "no article yet"),
    "as_list": ("Xem dạng danh sách", "As a list"),
    "take_home": ("Mang về", "Take home"),
    "dump": ("Tải toàn bộ kho (SQLite)", "Download the whole archive (SQLite)"),
    "earlier_version": (
        "Bản ngày {day}, không phải bản mới nhất.",
        "The version of {day}, not the newest.",
    ),
    "newest_version": ("Xem bản mới nhất", "See the newest"),
    "stable_address": ("Địa chỉ cố định của bản này", "Stable address of this version"),
    "dumps": ("Các bản công bố", "Dumps"),
    "dump_delta": ("thay đổi từ bản trước", "what changed, as SQL"),
    "dump_new": ("{n} bài mới", "{n} new"),
    "dump_size": ("{n} MB", "{n} MB"),
    "dump_articles": ("Riêng các bài:", "The articles alone:"),
    "dump_feed": ("Dòng tin các bản công bố", "Feed of dumps"),
    "dump_absent": (
        "Bản tải về do scrapy publish làm ra; make serve-public đưa nó lên trang này",
        "The download is made by scrapy publish; make serve-public offers it here",
    ),
    "all_tables": ("Mọi bảng và SQL", "All tables, and SQL"),
    "feed_newest": ("Dòng tin mới (Atom)", "Feed of new articles (Atom)"),
    # search
    "results": ("{n} bài", "{n} articles"),
    "search_help": ("Cách tìm", "How to search"),
    "help_quotes": (
        "chỉ đúng cụm này, không tìm rải rác",
        "only this very phrase, never its words apart",
    ),
    "help_loose": (
        "không dấu: hiểu theo cách các bài viết",
        "no accents: read as the articles print it",
    ),
    "help_minus": ("bỏ các bài có cụm này", "leaves out articles with these words"),
    "help_or": ("một trong hai (OR viết hoa)", "either of the two (OR in capitals)"),
    "help_short": (
        "chữ tắt và chữ đầy đủ tìm ra nhau",
        "an abbreviation and its full words find each other",
    ),
    "in_title": ("chỉ trong tiêu đề", "in titles only"),
    "exact_accents": ("đúng dấu như đã gõ", "accents exactly as typed"),
    "meant": ("Đang tìm:", "Showing:"),
    "meant_any": ("Mọi dấu:", "Any accents:"),
    "meant_nobody": ("Không bài nào viết “{q}”.", "No article prints “{q}”."),
    "meant_pieces": ("Hiểu là các cụm:", "Read as the phrases:"),
    "any_accents": ("mọi cách bỏ dấu", "all spellings"),
    "suggested": ("Có thể bạn tìm:", "Perhaps:"),
    "all_words": (
        "Mọi bài có đủ các chữ, liền nhau hay không",
        "All articles with all the words, in a row or not",
    ),
    "nobody": (
        "Không bài nào có các chữ này đi liền nhau.",
        "No article holds these words together.",
    ),
    "nobody_title": (
        "Không tiêu đề nào có các chữ này đi liền nhau.",
        "No title holds these words together.",
    ),
    "kind_phrase": ("có đúng cụm này", "with these very words"),
    "kind_title": ("có cụm này trong tiêu đề", "with these words in the title"),
    "kind_other": ("viết cách khác (tắt hoặc đầy đủ)", "in another writing (short or in full)"),
    "kind_pieces": ("có đủ các cụm, không liền nhau", "with all the phrases, not in a row"),
    "kind_near": ("có các chữ ở gần nhau", "with the words close to each other"),
    "kind_words": ("có đủ các chữ, ở rải rác", "with all the words, scattered"),
    "kind_title_words": ("có đủ các chữ trong tiêu đề", "with all the words in the title"),
    "line_phrase": ("Bài có đúng cụm này", "Articles with these very words"),
    "line_title": ("Bài có cụm này trong tiêu đề", "Articles with these words in the title"),
    "line_other": ("Bài viết cách khác (tắt hoặc đầy đủ)", "Articles that write it in another way"),
    "line_pieces": ("Bài khác có đủ các cụm", "Other articles that hold all the phrases"),
    "line_near": ("Bài khác có các chữ ở gần nhau", "Other articles with the words close together"),
    "line_words": ("Bài khác có đủ các chữ, ở rải rác", "Other articles that hold all the words"),
    "line_title_words": (
        "Bài khác có đủ các chữ trong tiêu đề",
        "Other articles with all the words in the title",
    ),
    "no_results": ("Không tìm thấy bài nào.", "Nothing was found."),
    "no_words": (
        "Câu hỏi không có chữ nào để tìm.",
        "There is no word to search for.",
    ),
    "try_all": ("Bỏ mọi bộ lọc", "Clear all filters"),
    "too_slow": (
        "Câu hỏi này mất quá nhiều thời gian. Hãy thêm từ hoặc bộ lọc.",
        "This question took too long. Add a word or a filter.",
    ),
    "busy": (
        "Nhiều người đang lấy tệp cùng lúc. Hãy thử lại sau nửa phút.",
        "Several files are being made already. Try again in half a minute.",
    ),
    "order": ("Thứ tự", "Order"),
    "order_moi": ("mới nhất trước", "newest first"),
    "order_sat": ("sát câu hỏi nhất", "best match"),
    "filters": ("Lọc", "Narrow down"),
    "tinh": ("Tỉnh, thành hiện nay", "Province of today"),
    "tinh_cu": ("Tỉnh trước 7/2025", "Province before July 2025"),
    "cong": ("Cổng", "Portal"),
    "nam": ("Năm", "Year"),
    "thang": ("Tháng", "Month"),
    "tacgia": ("Tác giả", "Author"),
    "chuyenmuc": ("Chuyên mục", "Section"),
    "remove_filter": ("Bỏ lọc", "Remove the filter"),
    "save_as": ("Kết quả này:", "These results:"),
    "over_time": ("Tần suất theo thời gian", "Mentions over time"),
    "next": ("Trang sau", "Next page"),
    "previous": ("Trang trước", "Previous page"),
    "page_n": ("trang {n}", "page {n}"),
    "pages": ("Các trang kết quả", "Pages of results"),
    "no_date": ("không ghi ngày", "no date"),
    "untitled": ("(không có tiêu đề)", "(without a title)"),
    "show_more": ("Thêm", "More"),
    # article
    "published": ("Ngày đăng", "Published"),
    "printed_as": ("trên trang ghi", "printed as"),
    "date_from_url": ("ngày lấy từ địa chỉ trang", "date taken from the address"),
    "date_from_meta": ("ngày lấy từ thẻ meta", "date taken from a meta tag"),
    "date_from_feed": ("ngày lấy từ dòng tin", "date taken from a feed"),
    "precision_second": ("chính xác đến giây", "to the second"),
    "precision_minute": ("chính xác đến phút", "to the minute"),
    "precision_day": ("chính xác đến ngày", "to the day"),
    "precision_month": ("chính xác đến tháng", "to the month"),
    "precision_year": ("chính xác đến năm", "to the year"),
    "no_date_printed": ("Trang không in ngày đăng", "No date is printed"),
    "byline": ("Dòng tác giả", "Byline"),
    "role_source": ("nguồn", "source"),
    "role_photo": ("ảnh", "photo"),
    "about": ("Về bài này", "About this article"),
    "original": ("Bản gốc", "Original"),
    "portal": ("Cổng", "Portal"),
    "province": ("Tỉnh", "Province"),
    "now": ("nay thuộc {name}", "now part of {name}"),
    "section": ("Chuyên mục", "Section"),
    "first_seen": ("Lần đầu thấy", "First seen"),
    "last_seen": ("Lần cuối thấy", "Last seen"),
    "status": ("Tình trạng", "Status"),
    "status_live": ("còn trên cổng", "on the portal"),
    "status_edited": ("đã sửa sau khi đăng", "edited after publication"),
    "status_gone": ("đã gỡ khỏi cổng", "taken down"),
    "status_moved": ("đã đổi địa chỉ", "moved"),
    "versions_n": ("{n} bản", "{n} versions"),
    "see_changes": ("Xem đã sửa gì", "See what changed"),
    "versions": ("Các bản", "Versions"),
    "attachments": ("Tệp kèm theo", "Attachments"),
    "pictures": ("Ảnh trong bài", "Pictures"),
    "pictures_note": (
        "Kho chỉ giữ địa chỉ và chú thích, không giữ ảnh.",
        "The archive keeps addresses and captions, not the pictures.",
    ),
    "copies": ("Cùng bản tin ở cổng khác", "The same release elsewhere"),
    "copies_note": (
        "Các bài có lời văn gần như trùng với bài này.",
        "Articles whose words are nearly the same.",
    ),
    "related": ("Chuyện tương tự ở tỉnh khác", "The same matter in other provinces"),
    "beside": ("đặt cạnh nhau", "side by side"),
    "version_n": ("Bản {n}", "Version {n}"),
    "cite": ("Trích dẫn", "Cite"),
    "copy": ("Chép", "Copy"),
    "copied": ("Đã chép", "Copied"),
    "copy_failed": ("Hãy bấm Ctrl+C", "Press Ctrl+C"),
    "capture": ("Bản chụp", "Capture"),
    "capture_record": ("bản ghi trong kho chụp", "record among the captures"),
    "removed_title": ("Bài đã được gỡ theo yêu cầu", "This article was removed on request"),
    "not_found": ("Không có bài này trong kho", "There is no such article in the archive"),
    "table_row": ("Dòng dữ liệu (JSON)", "Data (JSON)"),
    # versions
    "changes": ("Bài đã đổi những gì", "What changed in the article"),
    "from_version": ("Từ bản", "From version"),
    "to_version": ("đến bản", "to version"),
    "compare": ("So sánh", "Compare"),
    "only_one": ("Mới thấy một bản của bài này.", "Only one version was seen."),
    "same_text": ("Hai bản giống hệt nhau.", "The two versions are the same."),
    "gone_words": ("đã bỏ", "removed"),
    "new_words": ("mới thêm", "added"),
    "skipped": ("… {n} đoạn không đổi …", "… {n} unchanged paragraphs …"),
    "class_first": ("bản đầu", "first"),
    "class_edit": ("cổng sửa", "edited by the portal"),
    "class_noise": ("khác biệt không đáng kể", "insignificant"),
    "class_extractor": ("kho đọc lại, cổng không sửa", "read anew by us, not edited"),
    "class_": ("", ""),
    "field_title": ("tiêu đề", "title"),
    "field_summary": ("tóm tắt", "summary"),
    "field_text": ("nội dung", "text"),
    "field_byline": ("dòng tác giả", "byline"),
    "field_published": ("ngày đăng", "date"),
    "seen_at": ("Thấy lúc", "Seen"),
    "what_changed": ("Đã đổi", "Changed"),
    "legend": ("Chú giải", "Legend"),
    # overview
    "by_month": ("Bài theo tháng đăng, năm năm gần đây", "Articles by month, the last five years"),
    "by_year": ("Bài theo năm đăng", "Articles by year"),
    "by_province": ("Bài theo tỉnh hiện nay", "Articles by province of today"),
    "by_portal": ("Sức khỏe các cổng", "Health of the portals"),
    "wrong_now": ("Cần xem lại", "What needs a look"),
    "alarm": ("Cảnh báo", "Alarm"),
    "since": ("Từ", "Since"),
    "evidence": ("Bằng chứng", "Evidence"),
    "remedy": ("Cần làm", "What to do"),
    "nothing_wrong": (
        "Đêm qua không có gì phải xem lại.",
        "Nothing needs a look since last night.",
    ),
    "health_note": (
        "Mỗi ô là một đêm trong ba mươi đêm gần nhất, bên phải là đêm qua.",
        "Each square is one of the last thirty nights, last night on the right.",
    ),
    "night_state_ok": ("đã xem", "looked"),
    "night_state_partial": ("xem một phần", "looked in part"),
    "night_state_failed": ("không xem được", "could not look"),
    "night_state_none": ("không chạy", "no run"),
    "last_success": ("Lần tốt gần nhất", "Last good run"),
    "newest_article": ("Bài mới nhất", "Newest article"),
    "nights": ("30 đêm", "30 nights"),
    "failure": ("Lỗi", "Failure"),
    "month": ("Tháng", "Month"),
    "year": ("Năm", "Year"),
    "count": ("Số bài", "Articles"),
    "numbers": ("Xem số liệu", "The numbers"),
    # over time
    "over_time_title": ("Một cụm từ qua thời gian", "A phrase over time"),
    "over_time_hint": (
        "Chỉ đếm bài có đúng cụm từ; so sánh tối đa ba cụm, cách nhau bằng dấu phẩy.",
        "Only articles with the very phrase count; compare up to three, separated by commas.",
    ),
    "by_what": ("Tính theo", "Count by"),
    "by_years": ("năm", "year"),
    "by_months": ("tháng", "month"),
    "as_share": ("tỷ lệ trong mọi bài cùng thời gian", "share of all articles of that time"),
    "as_number": ("số bài", "number of articles"),
    "side_by_side": ("Đặt cạnh nhau tối đa ba tỉnh", "Up to three provinces side by side"),
    "everywhere": ("cả nước", "everywhere"),
    "undated": ("{n} bài không ghi ngày", "{n} without a date"),
    "portals_begun": ("{n} cổng đã có bài", "{n} portals have begun"),
    "nights_unseen": ("{n} đêm không xem", "{n} nights not looked"),
    "nothing_held": ("kho không có bài nào", "the archive holds nothing"),
    "key_held": ("số cổng đã có bài trong kho", "portals that have begun"),
    "key_nothing": ("kho không có bài nào: không vẽ", "nothing is held: no line"),
    "key_unseen": ("có đêm kho không xem", "nights on which nobody looked"),
    "chart_source": ("Nguồn: {site}, {address}, {day}", "Source: {site}, {address}, {day}"),
    "draw": ("Vẽ", "Draw"),
    "share_note": (
        "Theo ngày đăng. Tỷ lệ là trên mọi bài của kho cùng thời gian ấy; nơi kho không có gì thì "
        "không vẽ, không coi là 0.",
        "By date of publication. The share is of all articles of that time in the archive; where it "
        "holds nothing no line is drawn: that is not zero.",
    ),
    # feeds
    "feeds_note": (
        "Dán địa chỉ vào trình đọc tin (Feedly, Thunderbird…). Mọi lượt tìm cũng là một dòng tin.",
        "Paste an address into a feed reader (Feedly, Thunderbird…). Any search is a feed, too.",
    ),
    "feed_all": ("Mọi bài mới", "All new articles"),
    "feed_changes": ("Bài sửa và bài gỡ", "Edits and deletions"),
    "feeds_province": ("Theo tỉnh hiện nay", "By province of today"),
    "feeds_portal": ("Theo cổng", "By portal"),
    "feed_edit": ("Đã sửa", "Edited"),
    "feed_gone": ("Đã gỡ", "Taken down"),
    # dictionary, tables, queries
    "dictionary_note": (
        "Mỗi bảng, mỗi cột của kho, như trong metadata.yml và datapackage.json.",
        "Every table and column of the archive, as in metadata.yml and datapackage.json.",
    ),
    "table": ("Bảng", "Table"),
    "tables": ("Các bảng", "Tables"),
    "views": ("Các khung nhìn", "Views"),
    "column": ("Cột", "Column"),
    "meaning": ("Nghĩa", "Meaning"),
    "rows_n": ("{n} dòng", "{n} rows"),
    "rows_many": ("nhiều dòng", "many rows"),
    "run": ("Chạy", "Run"),
    "parameters": ("Điều kiện", "Parameters"),
    "show_sql": ("Câu SQL", "The SQL"),
    "edit_sql": ("Sửa câu SQL", "Edit the SQL"),
    "own_sql": ("Câu SQL của bạn", "Your own SQL"),
    "as_file": ("Tải về:", "Download:"),
    "no_rows": ("Không có dòng nào.", "No rows."),
    "truncated": ("còn nữa, chỉ hiện phần đầu", "cut short"),
    "filter": ("Lọc", "Filter"),
    "filter_column": ("cột", "column"),
    "apply": ("Áp dụng", "Apply"),
    "next_rows": ("Các dòng sau", "Next rows"),
    "details": ("Chi tiết dòng", "Row"),
    "links_here": ("Dòng ở bảng khác", "Rows of other tables"),
    "error": ("Có lỗi", "Something went wrong"),
    # answers that are no pages
    "no_archive": ("không có kho lưu trữ nào ở đây", "no archive is served here"),
    "no_feed": ("{name}: không có dòng tin này", "{name}: there is no such feed"),
    "no_page": ("không có trang này", "there is no such page"),
    "no_file": ("không có tệp này", "no such file"),
    "read_only": ("chỉ đọc", "this site is read-only"),
    "query_too_long": ("câu hỏi quá dài", "the query is too long"),
    "not_here": ("{name}: không dùng được ở đây", "{name} is not available here"),
    "too_many_rows": ("tối đa {most} dòng", "at most {most} rows"),
    "no_number": ("{name}: không phải là số", "{name} is not a number"),
    "take_the_dump": ("hãy tải toàn bộ kho: {path}", "take the dump: {path}"),
    "definition": ("Định nghĩa", "Definition"),
}


def both(key: str, /, **values: object) -> Message:
    """The words in both languages, for answers that are not pages."""
    return Message(key, WORDS[key], values)


def say(lang: str, key: str, /, **values: object) -> str:
    """The words in one language."""
    return said_in(lang, WORDS[key], values)


def number(lang: str, value: float | None) -> str:
    """1.234 in Vietnamese, 1,234 in English."""
    if value is None:
        return "–"
    written = f"{value:,}"
    return written.replace(",", ".") if lang == "vi" else written


def of_both(lang: str, text: str | None) -> str:
    """The half of `Tiêu đề - title` or `Bài viết (articles)` that is in this language."""
    found = (text or "").strip()
    for mark in (" - ", " – "):
        if mark in found:
            vietnamese, _, english = found.partition(mark)
            english = english[:1].upper() + english[1:]
            return (vietnamese if lang == "vi" else english).strip()
    if found.endswith(")") and " (" in found:
        vietnamese, _, english = found[:-1].rpartition(" (")
        english = english[:1].upper() + english[1:]
        return vietnamese if lang == "vi" else english
    return found
