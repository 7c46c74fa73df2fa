// The dump, opened where it lies, and the questions that the page may ask.

import sqlite3InitModule from "./vendor/sqlite-wasm/sqlite3.js";
import { readColumns } from "./columns.js";
import { FileIndex, PairIndex } from "./indexes.js";
import { CREATE_PLACES, Heads } from "./heads.js";
import { shownArticle, shownFile } from "./hits.js";
import { Meaning } from "./meaning.js";
import { patternsOf } from "./patterns.js";
import { readQuestion } from "./question.js";
import { RangedFile } from "./ranges.js";
import { Source } from "./search.js";
import { installVfs } from "./vfs.js";
import { understand } from "./words.js";

const DEPARTMENT = "Sở Khoa học và Công nghệ ";
const PLACES = `
select portals.slug as portal, department, coalesce(former.slug, '') as province,
  coalesce(former.name, '') as provinceName, coalesce(present.slug, former.slug, '') as present,
  coalesce(present.name, former.name, '') as presentName
from portals left join provinces as former on former.slug = portals.province
left join provinces as present on present.slug = former.successor`;
const ARTICLE = `
select a.id, a.portal, p.department, p.province, a.url, a.title, a.section, a.summary, a.text, a.byline,
  a.published, a.captured_at, a.first_seen, a.last_seen, a.status, a.revisions, a.text_sha256
from articles as a join portals as p on p.slug = a.portal where a.id = ?`;
const OF_ARTICLE = {
  authors: `select name, kind, role, unit from article_authors join authors on authors.id = author
    where article = ? order by position`,
  images: "select url, caption from images where article = ? order by position",
  files: "select url, label, file from attachments where article = ? order by position",
  versions: "select seen_at, text_sha256, title from revisions where article = ? order by seen_at, rowid",
};
const VERSION = `
select seen_at, title, summary, text, byline, published, text_sha256 from revisions
where article = ? and substr(text_sha256, 1, ?) = ? order by seen_at desc limit 1`;
const FILE = "select sha256, type, bytes, pages, name, title, text, text_from, page_starts from files where sha256 = ?";
const CARRIERS = `
select distinct a.id, a.title, a.published, c.url from article_files as c join articles as a on a.id = c.article
where c.file = ? order by a.published desc, a.id limit 50`;
const FACTS = "select number, symbol, kind, body, issued, signer, subject from documents where file = ?";

let db;
let file;
let columns;
let heads;
let places;
let writings;

// Rows of several questions, each an array; of one, as objects.
const ask = (list) => file.together(list.map(([sql, values]) => () => db.selectArrays(sql, values)));
const objects = async (sql, values = []) => (await file.together([() => db.selectObjects(sql, values)]))[0];

const asks = {
  async open({ base, site }) {
    file = new RangedFile(base, site.file);
    const quiet = () => {};
    const got = async (name) => {
      const answer = await fetch(new URL(name, base));
      if (!answer.ok) throw new Error(`${name}: HTTP ${answer.status}`);
      return answer;
    };
    const [sqlite3, counted, written] = await Promise.all([
      sqlite3InitModule({ print: quiet, printErr: quiet }),
      got(site.columns).then(readColumns), got("writings.json").then((answer) => answer.json()),
      file.fetched(site.file.first), // what every question reads
    ]);
    columns = counted;
    heads = new Heads(ask, counted.heads);
    writings = written;
    installVfs(sqlite3, file);
    sqlite3.config.error = quiet; // what is not here yet is an error to SQLite
    sqlite3.config.warn = quiet;
    db = new sqlite3.oo1.DB({ filename: "file:archive.db?vfs=http&immutable=1", flags: "r" });
    await ask([["pragma temp_store = memory"], ["pragma cache_size = -32768"], [CREATE_PLACES]]);
    places = new Map((await objects(PLACES)).map((one) => [one.portal, one]));
    return { documents: columns.files.length };
  },

  async search(values) {
    const question = readQuestion(values);
    const asked = understand(question.q);
    const documents = question.what === "tailieu";
    const index = documents ? new FileIndex(ask) : new PairIndex(ask, heads);
    const meaning = await new Meaning(index, writings).of(asked, question.accents);
    const source = new Source({
      asked, question, index, meaning, columns: documents ? columns.files : columns.articles, portals: portalsOf(question.filters),
    });
    const { sections, tallies, ...found } = await source.page(places);
    const { meant, apart } = patternsOf(meaning);
    return {
      ...found, question, asked, documents, tallies: labelled(tallies), chosen: chosen(question.filters),
      leftOut: meaning.excluded.map(({ run, phrases, free }) => (free || !phrases.length ? run.words : phrases[0]).join(" ")),
      meaning: meaning.groups.flat().map(({ run, phrases, readings, pieces, changed, free }) => ({
        run: asked.groups.flat().indexOf(run), phrases, readings, changed, free,
        pieces: [...new Set(pieces.map((piece) => piece.map((word) => word.text).join(" ")))],
      })),
      sections: await Promise.all(sections.map(async ({ kind, count, rows }) => {
        const pattern = ["near", "words"].includes(kind) ? apart : meant;
        const shown = await Promise.all(rows.map((row) =>
          documents ? shownFile(ask, row, pattern) : shownArticle(ask, row, pattern, places)));
        return { kind, count, hits: shown.filter(Boolean) };
      })),
    };
  },

  async article({ id, sha }) {
    const names = Object.keys(OF_ARTICLE);
    const [[article], [tombstone], [version], ...lists] = await Promise.all([
      objects(ARTICLE, [id]), objects("select removed_at from removals where article = ?", [id]),
      sha ? objects(VERSION, [id, sha.length, sha]) : [], ...names.map((name) => objects(OF_ARTICLE[name], [id])),
    ]);
    return { article, tombstone, version, ...Object.fromEntries(names.map((name, at) => [name, lists[at]])) };
  },

  async file({ sha }) {
    const [[kept], carriers, [facts]] = await Promise.all([objects(FILE, [sha]), objects(CARRIERS, [sha]), objects(FACTS, [sha])]);
    return { file: kept, carriers, facts };
  },

  newest: () => Promise.all(Array.from(columns.articles.rows.slice(0, 10), (row) => shownArticle(ask, row, null, places))),
  cost: () => ({ bytes: file.bytes, requests: file.requests, rounds: file.rounds }),
};

// The portals that the filters leave; null when none is set.
function portalsOf({ tinh, tinh_cu: former, cong }) {
  if (!(tinh || former || cong)) return null;
  return new Set([...places.values()].filter((place) =>
    (!tinh || place.present === tinh) && (!former || place.province === former) && (!cong || place.portal === cong),
  ).map((place) => place.portal));
}

function label(name, key) {
  const place = (test, value) => [...places.values()].find(test)?.[value] ?? key;
  if (name === "tinh") return place((one) => one.present === key, "presentName");
  if (name === "tinh_cu") return place((one) => one.province === key, "provinceName");
  if (name === "cong") return place((one) => one.portal === key, "department").replace(DEPARTMENT, "");
  if (name === "tacgia") return columns.names[key] ?? key;
  return name === "chuyenmuc" ? key.split(" > ").at(-1) : key;
}

const chosen = (filters) => Object.entries(filters).map(([name, key]) => [name, label(name, key)]);

// Each key with its label and count; sections of one last name by their whole paths.
function labelled(tallies) {
  return Object.fromEntries(Object.entries(tallies).map(([name, counts]) => {
    const labels = counts.map(([key]) => label(name, key));
    const twice = (one) => name === "chuyenmuc" && labels.filter((other) => other === one).length > 1;
    return [name, counts.map(([key, count], at) => [key, twice(labels[at]) ? key : labels[at], count])];
  }));
}

self.onmessage = async ({ data: { number, name, value } }) => {
  try {
    self.postMessage({ number, answer: await asks[name](value ?? {}) });
  } catch (error) {
    self.postMessage({ number, error: String(error.message ?? error) });
  }
};
