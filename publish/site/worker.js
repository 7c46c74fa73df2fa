// The dump, opened where it lies, and the questions that the page may ask.

import sqlite3InitModule from "./vendor/sqlite-wasm/sqlite3.js";
import { Meaning, sections } from "./meaning.js";
import { RangedFile, installVfs } from "./ranges.js";
import { understand } from "./words.js";

const PAGE = 20;
const SHOWN = `
select a.rowid, a.id, a.title, a.published, a.portal, p.department, a.url, a.status,
  coalesce(a.summary, '') as summary, a.text
from articles as a join portals as p on p.slug = a.portal where a.rowid = ?`;
const ARTICLE = `
select a.id, a.portal, p.department, p.province, a.url, a.title, a.section, a.summary, a.text, a.byline,
  a.published, a.captured_at, a.first_seen, a.last_seen, a.status, a.revisions, a.text_sha256
from articles as a join portals as p on p.slug = a.portal where a.id = ?`;

let db;
let file;
let meaning;
let known;

const rows = (sql, values = []) => db.selectArrays(sql, values);
const objects = (sql, values = []) => db.selectObjects(sql, values);

const asks = {
  async open({ base, site }) {
    file = new RangedFile(base, site.file);
    const quiet = () => {};
    const sqlite3 = await sqlite3InitModule({ print: quiet, printErr: quiet });
    installVfs(sqlite3, file);
    db = new sqlite3.oo1.DB({ filename: "file:archive.db?vfs=http&immutable=1", flags: "r" });
    rows("pragma temp_store = memory");
    rows("pragma cache_size = -32768");
    const writings = await fetch(new URL("writings.json", base)).then((answer) => answer.json());
    meaning = new Meaning(rows, writings);
    const provinces = objects(
      "select now.slug, now.name, group_concat(portals.slug, ' ') as portals from portals " +
        "join provinces as was on was.slug = portals.province " +
        "join provinces as now on now.slug = coalesce(was.successor, was.slug) group by 1 order by 2",
    );
    known = new Map(provinces.map((one) => [one.slug, one.portals.split(" ")]));
    return { provinces };
  },

  search({ q, province, from, to, page }) {
    const asked = understand(q);
    const narrow = narrowed({ province, from, to });
    const first = (page - 1) * PAGE;
    if (!asked.groups.length) {
      const { sql, values } = narrowedRows({ sql: "select rowid from articles", values: [] }, narrow);
      const list = rows(`${sql} order by rowid limit ${PAGE + 1} offset ?`, [...values, first]).flat();
      return { sections: [{ kind: "all", hits: list.slice(0, PAGE).map(shown) }], more: list.length > PAGE, said: [] };
    }
    const understood = meaning.understood(asked);
    const found = [];
    let wanted = PAGE + 1;
    let skip = first;
    for (const part of sections(understood)) {
      const { sql, values } = narrowedRows(part, narrow);
      const list = rows(`${sql} order by rowid limit ? offset ?`, [...values, wanted, skip]).flat();
      // How many there are is told of the best kind, and asked only where it must be known.
      const isFirst = !found.length;
      let count;
      if ((list.length && isFirst) || (!list.length && skip)) {
        count = rows(`select count(*) from (${sql})`, values)[0][0];
      }
      if (list.length || count) found.push({ kind: part.kind, count, list });
      wanted -= list.length;
      skip = list.length ? 0 : Math.max(0, skip - (count ?? 0));
      if (wanted <= 0) break;
    }
    let left = PAGE;
    const parts = found.map(({ kind, count, list }) => {
      const hits = list.slice(0, left).map(shown);
      left -= hits.length;
      return { kind, count, hits };
    });
    return {
      sections: parts.filter((part) => part.hits.length || part.count),
      more: wanted <= 0,
      said: said(understood),
    };
  },

  article({ id }) {
    const [article] = objects(ARTICLE, [id]);
    if (!article) {
      const [tombstone] = objects("select removed_at from removals where article = ?", [id]);
      return { article: null, tombstone };
    }
    return {
      article,
      authors: objects(
        "select name, kind, role, unit from article_authors join authors on authors.id = author " +
          "where article = ? order by position", [id]),
      images: objects("select url, caption from images where article = ? order by position", [id]),
      files: objects("select url, label from attachments where article = ? order by position", [id]),
      versions: objects(
        "select seen_at, text_sha256, title, json_extract(change, '$.class') as kind from revisions " +
          "where article = ? order by seen_at, rowid", [id]),
    };
  },

  version({ id, sha }) {
    return objects(
      "select seen_at, title, summary, text, byline, published, text_sha256 from revisions " +
        "where article = ? and substr(text_sha256, 1, ?) = ? order by seen_at desc limit 1",
      [id, sha.length, sha])[0];
  },

  newest: () => rows("select rowid from articles order by rowid limit 10").flat().map(shown),
  cost: () => ({ bytes: file.bytes, requests: file.requests }),
};

const shown = (row) => objects(SHOWN, [row])[0];

// Portals by an index of their own; years by where their articles begin and end, for the rows of a
// dump follow each other in time.
function narrowed({ province, from, to }) {
  const portals = province ? known.get(province) ?? [] : null;
  const first = to ? edge(`${Number(to) + 1}`) : null;
  const end = from ? edge(from) : null;
  return { portals, first, end };
}

const edge = (before) =>
  rows("select rowid from articles where published < ? order by published desc, rowid limit 1", [before])[0]?.[0] ??
  rows("select rowid from articles where published is null order by rowid limit 1")[0]?.[0] ??
  Number.MAX_SAFE_INTEGER;

function narrowedRows({ sql, values }, { portals, first, end }) {
  const conditions = [];
  const more = [];
  if (portals) {
    conditions.push(`rowid in (select rowid from articles where portal in (${portals.map(() => "?").join(", ")}))`);
    more.push(...portals);
  }
  if (first !== null) {
    conditions.push("rowid >= ?");
    more.push(first);
  }
  if (end !== null) {
    conditions.push("rowid < ?");
    more.push(end);
  }
  if (!conditions.length) return { sql: `select rowid from (${sql})`, values };
  return { sql: `select rowid from (${sql}) where ${conditions.join(" and ")}`, values: [...values, ...more] };
}

// What the page says of how the question was read, and marks in the texts.
function said(understood) {
  return understood.groups.flat().map(({ run, phrases, readings, words, others, pieces, changed }) => ({
    typed: run.words, phrases, changed, others,
    readings: readings.slice(0, 4),
    pieces: pieces.map((piece) => piece.map((word) => word.text)),
    words: words.map((word) => ({ text: word.text, free: word.free })),
  }));
}

self.onmessage = async ({ data: { number, name, value } }) => {
  if (file) file.failure = null;
  try {
    self.postMessage({ number, answer: await asks[name](value ?? {}) });
  } catch (error) {
    // What SQLite calls an I/O error has a reason.
    self.postMessage({ number, error: String((file?.failure ?? error).message ?? error) });
  }
};
