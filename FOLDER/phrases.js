// Everything the page says: Vietnamese first, English beside it.

const PHRASES = {
  skip: ["Tới nội dung", "Skip to content"],
  site: ["Kho lưu trữ tin khoa học và công nghệ các tỉnh", "Archive of provincial science and technology news"],
  short: ["Kho tin KH&CN", "S&T news archive"],
  home: ["Trang đầu", "Home"],
  about: ["Về kho này", "About"],
  ask: ["Tìm trong mọi bài", "Search every article"],
  find: ["Tìm", "Search"],
  province: ["Tỉnh, thành", "Province"],
  everywhere: ["Cả nước", "All"],
  from: ["Từ năm", "From year"],
  to: ["đến năm", "to year"],
  opening: ["Đang mở kho…", "Opening the archive…"],
  searching: ["Đang tìm…", "Searching…"],
  newest: ["Bài mới nhất", "Newest articles"],
  holds: ["{count} bài của {portals} cổng, đến ngày {day}", "{count} articles of {portals} portals, up to {day}"],
  examples: ["Thử tìm", "Try"],
  kind_all: ["Mọi bài, mới nhất trước", "All articles, newest first"],
  kind_phrase: ["{count} bài có đúng cụm từ", "{count} articles have the phrase"],
  kind_other: ["{count} bài viết cách khác", "{count} articles write it another way"],
  kind_pieces: ["{count} bài có từng phần", "{count} articles have its parts"],
  kind_words: ["{count} bài có đủ các từ, rải rác", "{count} articles have all the words, apart"],
  uncounted_other: ["Viết cách khác", "Written another way"],
  uncounted_pieces: ["Có từng phần", "With its parts"],
  uncounted_words: ["Có đủ các từ, rải rác", "With all the words, apart"],
  read_as: ["Hiểu là “{said}”", "Read as “{said}”"],
  or_read: ["Cũng có thể là", "It may also be"],
  written: ["Cũng tìm: {said}", "Also looked for: {said}"],
  nothing: ["Không tìm thấy bài nào.", "No article was found."],
  pages: ["Các trang kết quả", "Pages of results"],
  before: ["← Trang trước", "← Previous"],
  after: ["Trang sau →", "Next →"],
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
  cost: ["đã đọc {bytes} MB", "{bytes} MB read"],
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
