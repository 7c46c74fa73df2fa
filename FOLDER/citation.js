// An article as others cite it: publish/desk/render/citation.py, in the browser.

import { day } from "./phrases.js";

const ESCAPED = {
  "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "&": "\\&", "%": "\\%", $: "\\$", "#": "\\#",
  _: "\\_", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
};
const ADDRESS = { "{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20" };

const plain = (text) => text.replace(/[\\{}&%$#_~^]/g, (c) => ESCAPED[c]);
const address = (url) => url.replace(/[{}\\ ]/g, (c) => ADDRESS[c]);
const line = (text) => (text ?? "").split(/\s+/).filter(Boolean).join(" ");
const names = (authors) => authors.filter((one) => one.role === "author").map((one) => one.name);
const dateParts = (moment) => (moment ?? "").slice(0, 10).split("-").filter((part) => /^\d+$/.test(part)).map(Number);

export function sentence(article, authors, link) {
  const who = names(authors).join(", ") || article.department;
  const when = day(article.published) || "không rõ ngày";
  return (
    `${who} (${when}). “${line(article.title)}”. ${article.department}. ${article.url} ` +
    `(bản lưu ${day(article.captured_at)}: ${link}; SHA-256 ${article.text_sha256.slice(0, 16)}…)`
  );
}

export function bibtex(article, authors, link) {
  const who = names(authors).length ? names(authors) : [article.department];
  const fields = {
    author: who.map((name) => `{${plain(name)}}`).join(" and "),
    title: `{${plain(line(article.title))}}`,
    organization: plain(article.department),
    date: (article.published ?? "").slice(0, 10),
    url: address(article.url),
    urldate: article.captured_at.slice(0, 10),
    note: `Bản lưu: ${address(link)}; SHA-256 ${article.text_sha256}`,
    langid: "vietnamese",
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
  return `@online{${article.portal}-${article.id},\n${lines.join(",\n")}\n}\n`;
}

export function csl(article, authors, link) {
  const who = names(authors).length ? names(authors) : [article.department];
  const said = {
    id: `${article.portal}-${article.id}`,
    type: "webpage",
    title: line(article.title),
    author: who.map((literal) => ({ literal })),
    "container-title": article.department,
    URL: article.url,
    archive: link,
    accessed: { "date-parts": [dateParts(article.captured_at)] },
    language: "vi",
    note: `SHA-256 ${article.text_sha256}`,
  };
  if (article.published) said.issued = { "date-parts": [dateParts(article.published)] };
  return `${JSON.stringify([said], null, 2)}\n`;
}
