// Articles and documents as they stand in a list: publish/desk/queries/list_items.py and files.py.

import { marked, passage, together } from "./patterns.js";

const SEARCHED = 60_000; // characters in which a passage is looked for
const SEARCHED_FILE = 400_000;
const ARTICLE = `
select id, title, published, section, status, portal, summary, substr(text, 1, ?) from articles where rowid = ?`;
const FILE = `
select sha256, coalesce(title, ''), name, type, text_from, page_starts, substr(text, 1, ${SEARCHED_FILE})
from files where number = ?`;
const FACTS = "select subject, raws from documents where file = ?";
const LETTERHEAD = 1500; // characters in which it ends
const OF_THE_HEAD = ["number", "symbol", "kind", "body", "issued"];
const CARRIERS = `
select distinct a.id, coalesce(a.title, ''), a.published from article_files
join articles as a on a.id = article where file = ? order by a.published desc, a.id`;

export async function shownArticle(ask, row, pattern, places) {
  const [[found]] = await ask([[ARTICLE, [pattern ? SEARCHED : 400, row]]]);
  const [id, title, published, section, status, portal, summary, text] = found;
  let source = summary || text || "";
  let { count, at } = together(source, pattern);
  if (summary && text && pattern && count < pattern.ways) {
    // The summary, unless more of the words stand together in the text.
    const there = together(text, pattern);
    if (there.count > count) [source, at] = [text, there.at];
    else source = summary;
  }
  return {
    id, published, status, place: places.get(portal),
    title: marked((title ?? "").split(/\s+/).filter(Boolean).join(" "), pattern),
    section: (section ?? "").split(" > ").at(-1) || null,
    passage: passage(source, pattern, at),
  };
}

// Null when no article carries it any more.
export async function shownFile(ask, number, pattern) {
  const [[found]] = await ask([[FILE, [number]]]);
  if (!found) return null;
  const [sha, title, name, type, from, starts, text] = found;
  const [carriers] = await ask([[CARRIERS, [sha]]]);
  if (!carriers.length) return null;
  const { count, at } = together(text ?? "", pattern);
  const pieces = count ? passage(text ?? "", pattern, at, " ")
    : await about(ask, sha, title === name ? "" : title, text ?? "", pattern);
  const pages = pageStarts(starts);
  const [article, articleTitle, published] = carriers[0];
  return {
    number, sha, type, from: from || "none", article, articleTitle, published, others: carriers.length - 1,
    name: marked(name || title, pattern),
    page: pages.length > 1 && count ? pages.filter((start) => start <= at).length : null,
    passage: pieces,
  };
}

// Of a document whose text has none of the words: its title that has, else its subject, else what stands
// behind its letterhead.
async function about(ask, sha, title, text, pattern) {
  if (title && pattern && together(title, pattern).count) return marked(title, pattern);
  const [[facts]] = await ask([[FACTS, [sha]]]);
  if (!facts) return passage(text, pattern, 0, " ");
  const [subject, raws] = facts;
  if (subject) return passage(subject, pattern, 0, " ");
  let begin = 0;
  for (const [name, raw] of Object.entries(JSON.parse(raws || "{}") ?? {})) {
    const last = OF_THE_HEAD.includes(name) ? (raw?.raw ?? "").split("\n").at(-1) : "";
    const place = last ? text.slice(0, LETTERHEAD).indexOf(last) : -1;
    if (place >= 0) begin = Math.max(begin, place + last.length);
  }
  return passage(text.slice(begin).trimStart(), pattern, 0, " ");
}

// What the pages of a document of that type are called.
export const pagedBy = (type) => (/presentation|powerpoint/.test(type) ? "slide_of" : "page_of");

// Where each page begins in the text; one page when nothing is known.
export function pageStarts(stored) {
  const told = stored ? JSON.parse(stored) : null;
  return Array.isArray(told) && told.length ? told.map(Number) : [0];
}
