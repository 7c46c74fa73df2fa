// Everything the page says: Vietnamese first, English beside it.

const PHRASES = {
  skip: ["Tới nội dung", "Skip to content"],
  site: ["Kho lưu trữ tin khoa học và công nghệ các tỉnh", "Archive of provincial science and technology news"],
  short: ["Kho tin KH&CN", "S&T news archive"],
  home: ["Trang đầu", "Home"],
  about: ["Về kho này", "About"],
  ask: ["Tìm trong mọi bài", "Search every article"],
  find: ["Tìm", "Search"],
  opening: ["Đang mở kho…", "Opening the archive…"],
  searching: ["Đang tìm…", "Searching…"],
  newest: ["Bài mới nhất", "Newest articles"],
  holds: ["{count} bài của {portals} cổng, đến ngày {day}", "{count} articles of {portals} portals, up to {day}"],
  examples: ["Thử tìm", "Try"],
  pages: ["Các trang kết quả", "Pages of results"],
  search_hint: ["Các chữ đi liền nhau được tìm như một cụm; không dấu cũng được. Ví dụ: nghiem thu de tai.", "Words in a row are looked for as a phrase; accents may be left out: nghiem thu de tai."],
  in_title: ["chỉ trong tiêu đề", "in titles only"],
  exact_accents: ["đúng dấu như đã gõ", "accents exactly as typed"],
  meant: ["Đang tìm:", "Showing:"],
  meant_any: ["Mọi dấu:", "Any accents:"],
  meant_nobody: ["Không bài nào viết “{q}”.", "No article prints “{q}”."],
  meant_pieces: ["Hiểu là các cụm:", "Read as the phrases:"],
  left_out: ["Bỏ các bài có:", "Left out, articles with:"],
  cut_short: ["Câu hỏi dài: chỉ {n} chữ đầu được tìm.", "A long question: only its first {n} words are looked for."],
  any_accents: ["mọi cách bỏ dấu", "all spellings"],
  all_words: ["Mọi bài có đủ các chữ, liền nhau hay không", "All articles with all the words, in a row or not"],
  nobody: ["Không bài nào có các chữ này đi liền nhau.", "No article holds these words together."],
  see_scattered: ["Xem {n} bài có đủ các chữ, ở rải rác", "See {n} articles with all the words, scattered"],
  nobody_title: ["Không tiêu đề nào có các chữ này đi liền nhau.", "No title holds these words together."],
  nobody_here: [
    "Trong các bài đã lọc, không bài nào có các chữ này đi liền nhau.",
    "Of the articles that the filters leave, none holds these words together.",
  ],
  nobody_title_here: [
    "Trong các bài đã lọc, không tiêu đề nào có các chữ này đi liền nhau.",
    "Of the articles that the filters leave, none holds these words together in its title.",
  ],
  kind_phrase: ["có đúng cụm này", "with these very words"],
  kind_title: ["có cụm này trong tiêu đề", "with these words in the title"],
  kind_title_other: ["viết cách khác trong tiêu đề", "in another writing in the title"],
  kind_other: ["viết cách khác (tắt hoặc đầy đủ)", "in another writing (short or in full)"],
  kind_pieces: ["có đủ các cụm, không liền nhau", "with all the phrases, not in a row"],
  kind_near: ["có các chữ ở gần nhau", "with the words close to each other"],
  kind_words: ["có đủ các chữ, ở rải rác", "with all the words, scattered"],
  kind_title_words: ["có đủ các chữ trong tiêu đề", "with all the words in the title"],
  line_phrase: ["Bài có đúng cụm này", "Articles with these very words"],
  line_title: ["Bài có cụm này trong tiêu đề", "Articles with these words in the title"],
  line_title_other: ["Bài viết cách khác trong tiêu đề", "Articles that write it in another way in the title"],
  line_other: ["Bài viết cách khác (tắt hoặc đầy đủ)", "Articles that write it in another way"],
  line_pieces: ["Bài khác có đủ các cụm", "Other articles that hold all the phrases"],
  line_near: ["Bài khác có các chữ ở gần nhau", "Other articles with the words close together"],
  line_words: ["Bài khác có đủ các chữ, ở rải rác", "Other articles that hold all the words"],
  line_title_words: ["Bài khác có đủ các chữ trong tiêu đề", "Other articles with all the words in the title"],
  no_results: ["Không tìm thấy bài nào.", "Nothing was found."],
  no_words: ["Câu hỏi không có chữ nào để tìm.", "There is no word to search for."],
  try_all: ["Bỏ mọi bộ lọc", "Clear all filters"],
  order: ["Thứ tự", "Order"],
  order_moi: ["mới nhất trước", "newest first"],
  order_sat: ["sát câu hỏi nhất", "best match"],
  filters: ["Lọc", "Narrow down"],
  tinh: ["Tỉnh, thành hiện nay", "Province of today"],
  tinh_cu: ["Tỉnh trước 7/2025", "Province before July 2025"],
  cong: ["Cổng", "Portal"],
  nam: ["Năm", "Year"],
  thang: ["Tháng", "Month"],
  tacgia: ["Tác giả", "Author"],
  chuyenmuc: ["Chuyên mục", "Section"],
  remove_filter: ["Bỏ lọc", "Remove the filter"],
  next: ["Trang sau", "Next page"],
  previous: ["Trang trước", "Previous page"],
  page_n: ["trang {n}", "page {n}"],
  results: ["{n} bài", "{n} articles"],
  results_files: ["{n} tài liệu", "{n} documents"],
  untitled: ["(không có tiêu đề)", "(without a title)"],
  show_more: ["Thêm", "More"],
  now: ["nay thuộc {name}", "now part of {name}"],
  status_edited: ["đã sửa sau khi đăng", "edited after publication"],
  status_gone: ["đã gỡ khỏi cổng", "taken down"],
  status_moved: ["đã đổi địa chỉ", "moved"],
  status_kept: ["lấy từ bản lưu; nay còn trên cổng hay không thì chưa xem", "out of an archive; whether the portal still has it was not looked at"],
  what_label: ["Tìm trong", "Look in"],
  document: ["Tài liệu", "Document"],
  found_in: ["trong tệp đính kèm của", "attached to"],
  page_of: ["trang {n}", "page {n}"],
  slide_of: ["trang chiếu {n}", "slide {n}"],
  and_others: ["và {n} bài khác", "and {n} other articles"],
  by_ocr: ["chữ do máy nhận dạng, có thể sai", "recognised by machine, may be wrong"],
  type: ["Loại tệp", "Type"],
  pages_n: ["{n} trang", "{n} pages"],
  no_text: ["Không có chữ nào đọc được.", "No text could be read."],
  fact_number: ["Số", "Number"],
  fact_symbol: ["Ký hiệu", "Symbol"],
  fact_kind: ["Loại", "Kind"],
  fact_body: ["Cơ quan ban hành", "Issued by"],
  fact_issued: ["Ngày ban hành", "Issued on"],
  fact_signer: ["Người ký", "Signed by"],
  fact_subject: ["Trích yếu", "Subject"],
  all: ["Mọi bài, mới nhất trước", "All articles, newest first"],
  see_scattered_files: ["Xem {n} tài liệu có đủ các chữ, ở rải rác", "See {n} documents with all the words, scattered"],
  what_articles: ["Bài", "Articles"],
  what_documents: ["Tài liệu đính kèm", "Attached documents"],
  read_here: ["đọc chữ trong tệp", "read its text here"],
  carried: ["Bài mang tệp này", "Articles that carry it"],
  sha_file: ["SHA-256 của tệp", "SHA-256 of the file"],
  missing_file: ["Không có tệp này trong bản công bố.", "There is no such file in this dump."],
  pages_before: ["← Các trang trước", "← Earlier pages"],
  pages_after: ["Các trang sau →", "Later pages →"],
  original: ["Bài gốc", "Original"],
  original_gone: ["Bài gốc (cổng đã gỡ)", "Original (taken down by the portal)"],
  published: ["Đăng", "Published"],
  no_date: ["không in ngày", "no date printed"],
  captured: ["Bản lưu", "Captured"],
  byline: ["Tác giả", "Byline"],
  section: ["Chuyên mục", "Section"],
  images: ["Ảnh trong bài", "Pictures"],
  files: ["Tệp đính kèm", "Attachments"],
  versions: ["Các bản đã thấy", "Versions seen"],
  this_version: ["Bản ngày {day}, không phải bản mới nhất", "The version of {day}, not the newest"],
  newest_version: ["Xem bản mới nhất", "See the newest version"],
  cite: ["Trích dẫn", "Cite"],
  stable: ["Địa chỉ cố định của bản này", "Stable address of this version"],
  copy: ["Chép", "Copy"],
  copied: ["Đã chép", "Copied"],
  sha: ["SHA-256 của nội dung", "SHA-256 of the text"],
  missing: ["Không có bài này trong bản công bố.", "There is no such article in this dump."],
  removed: ["Bài đã được gỡ theo yêu cầu ngày {day}.", "The article was removed on request on {day}."],
  failed: ["Không đọc được kho: {detail}", "The archive cannot be read: {detail}"],
  again: ["Thử lại", "Try again"],
  cost: ["đã đọc {bytes} MB trong {requests} lần hỏi", "{bytes} MB read in {requests} requests"],
  about_text: [
    "Trang này không có máy chủ riêng: kho là một tệp SQLite, trình duyệt của bạn chỉ đọc những phần cần cho câu hỏi. Không có gì được gửi đi đâu ngoài việc tải các phần ấy.",
    "This page has no server of its own: the archive is an SQLite file, of which your browser reads only the parts that a question needs. Nothing is sent anywhere but the requests for those parts.",
  ],
  about_rights: [
    "Văn bản thuộc về các cổng thông tin đã đăng. Xin gỡ bài: {contact}.",
    "The texts belong to the portals that published them. To have an article removed: {contact}.",
  ],
  about_search: [
    "Gõ có dấu hay không dấu đều được. Cụm từ được tìm trước; “…” bắt buộc đúng cụm; OR là một trong hai; dấu - loại bỏ.",
    "With accents or without. Phrases come first; “…” asks for the very phrase; OR for one of two; - leaves out.",
  ],
  dump: ["Bản công bố {version}", "Dump {version}"],
  whole: ["Tải cả kho", "Download everything"],
};

export const LANGUAGES = ["vi", "en"];
let chosen = 0;

export const language = () => LANGUAGES[chosen];
export function choose(code) {
  chosen = Math.max(0, LANGUAGES.indexOf(code));
}

export function say(key, values = {}) {
  const phrase = PHRASES[key][chosen];
  return phrase.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export const has = (key) => key in PHRASES;
export const number = (value) => value.toLocaleString(chosen ? "en" : "vi");

// 07/07/2021 as precise as it is: 07/2021, 2021.
export const day = (moment) => {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(moment ?? "");
  return found ? [found[3], found[2], found[1]].filter(Boolean).join("/") : "";
};

const KINDS = {
  "application/pdf": "PDF", "application/msword": "Word (DOC)", "application/rtf": "RTF",
  "application/vnd.ms-excel": "Excel (XLS)", "application/vnd.oasis.opendocument.text": "OpenDocument (ODT)",
  "application/vnd.ms-powerpoint": "PowerPoint (PPT)",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word (DOCX)",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel (XLSX)",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint (PPTX)",
};
export const kindOf = (type) => KINDS[type] ?? (type ?? "").split("/").at(-1).toUpperCase().slice(0, 24);
