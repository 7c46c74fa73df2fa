// The page: what its address asks for, and what the dump answers. Nothing of the dump is ever markup.

import { bibtex, csl, sentence } from "./citation.js";
import { choose, day, has, language, number, say } from "./phrases.js";
import { marking } from "./words.js";

const BASE = new URL(".", document.baseURI).href;
const EXAMPLES = ["chuyển đổi số", "doi moi sang tao", "sở hữu trí tuệ", "KH&CN"];
const SNIPPET = 260;
const page = document.getElementById("page");
const form = document.getElementById("search");
const worker = new Worker(new URL("worker.js", BASE), { type: "module" });
const waiting = new Map();
let asked = 0;
let site;
let turn = 0;

worker.onmessage = ({ data: { number: which, answer, error } }) => {
  const { resolve, reject } = waiting.get(which);
  waiting.delete(which);
  if (error) reject(new Error(error));
  else resolve(answer);
};
worker.onerror = (event) => failed(new Error(event.message || "worker"));

function ask(name, value) {
  return new Promise((resolve, reject) => {
    waiting.set(++asked, { resolve, reject });
    worker.postMessage({ number: asked, name, value });
  });
}

// An element with its text, attributes and children; texts of the web are text.
function el(name, ...parts) {
  const made = document.createElement(name);
  for (const part of parts.flat()) {
    if (part === null || part === undefined || part === "") continue;
    if (part instanceof Node || typeof part === "string") made.append(part);
    else for (const [key, value] of Object.entries(part)) if (value !== null) made.setAttribute(key, value);
  }
  return made;
}

const web = (url) => (/^https?:\/\//i.test(url ?? "") ? url : null);
const outside = (url, text) =>
  web(url) ? el("a", { href: url, rel: "noopener noreferrer nofollow" }, text) : el("span", text);

function marked(text, pattern) {
  if (!pattern) return [text];
  const plain = text.normalize("NFD");
  const parts = [];
  let at = 0;
  for (const found of plain.matchAll(pattern)) {
    parts.push(plain.slice(at, found.index).normalize("NFC"), el("mark", found[0].normalize("NFC")));
    at = found.index + found[0].length;
  }
  return [...parts, plain.slice(at).normalize("NFC")];
}

function snippet(hit, pattern) {
  const text = `${hit.summary} ${hit.text}`.replace(/\s+/g, " ").trim().normalize("NFD");
  const at = pattern ? text.search(pattern) : 0;
  const begin = at > SNIPPET / 2 ? text.indexOf(" ", at - SNIPPET / 2) + 1 : 0;
  const end = text.indexOf(" ", begin + SNIPPET * 1.2);
  const cut = text.slice(begin, end < 0 ? undefined : end);
  return [begin ? "… " : "", ...marked(cut, pattern), end < 0 ? "" : " …"];
}

function listed(hits, pattern, level) {
  return el("ol", { class: "hits" }, hits.map((hit) => el("li",
    el(level, { class: "title" }, el("a", { href: `#/bai/${hit.id}` }, marked(hit.title || "–", pattern))),
    el("p", { class: "meta" }, [day(hit.published) || say("no_date"), " · ", hit.department]),
    el("p", { class: "snippet" }, snippet(hit, pattern)))));
}

const query = (values) => {
  const kept = Object.entries(values).filter(([, value]) => value && value !== 1);
  return `#/tim?${new URLSearchParams(kept)}`;
};

function show(...parts) {
  page.replaceChildren(...parts.flat().filter((part) => part !== null));
}

async function home() {
  const newest = await ask("newest");
  const { articles, portals, day: last } = site;
  return [
    el("h1", { class: "site" }, say("site")),
    el("p", { class: "lead" }, say("holds", { count: number(articles), portals: number(portals), day: day(last) })),
    el("p", { class: "examples" }, `${say("examples")}: `, EXAMPLES.flatMap((words, i) =>
      [i ? " · " : "", el("a", { href: query({ q: words }) }, words)])),
    el("h2", say("newest")),
    listed(newest, null, "h3"),
  ];
}

function heading({ kind, count }) {
  if (kind === "all") return say("kind_all");
  return count === undefined ? say(`uncounted_${kind}`) : say(`kind_${kind}`, { count: number(count) });
}

function understanding(said, values) {
  const lines = [];
  for (const one of said) {
    if (one.changed && one.phrases[0]) {
      lines.push(el("p", { class: "said" }, say("read_as", { said: one.phrases[0].join(" ") })));
    }
    const others = one.readings.slice(1);
    if (one.phrases.length === 1 && others.length) {
      lines.push(el("p", { class: "said" }, `${say("or_read")}: `, others.flatMap(({ words, articles }, i) => [
        i ? " · " : "", el("a", { href: query({ ...values, q: `"${words.join(" ")}"`, page: 1 }) }, words.join(" ")),
        ` (${number(articles)})`])));
    }
    if (one.others.length) {
      lines.push(el("p", { class: "said" }, say("written", { said: one.others.map((words) => words.join(" ")).join(", ") })));
    }
  }
  return lines;
}

async function search(values) {
  const found = await ask("search", values);
  const strict = marking(found.said.flatMap((one) => [...one.phrases, ...one.others, ...one.pieces]));
  const exact = marking(found.said.flatMap((one) => one.words.filter((word) => !word.free).map((word) => [word.text])));
  const free = marking(found.said.flatMap((one) => one.words.filter((word) => word.free).map((word) => [word.text])), true);
  const parts = found.sections.flatMap((part, i) => {
    const pattern = part.kind === "words" ? exact ?? free : part.kind === "all" ? null : strict;
    return [el(i ? "h2" : "h1", { class: "kind" }, heading(part)), part.hits.length ? listed(part.hits, pattern, i ? "h3" : "h2") : null];
  });
  const pages = el("nav", { class: "pages", "aria-label": say("pages") });
  if (values.page > 1) pages.append(el("a", { href: query({ ...values, page: values.page - 1 }), rel: "prev" }, say("before")));
  if (found.more) pages.append(el("a", { href: query({ ...values, page: values.page + 1 }), rel: "next" }, say("after")));
  document.title = `${values.q || say("kind_all")} – ${say("short")}`;
  return [
    ...understanding(found.said, values),
    ...(parts.length ? parts : [el("h1", { class: "kind" }, say("nothing"))]),
    pages.childElementCount ? pages : null,
  ];
}

const lineOf = (label, ...value) => [el("dt", label), el("dd", value)];

async function article(id, sha) {
  const { article: now, tombstone, ...rest } = await ask("article", { id: Number(id) });
  if (!now) {
    return [el("p", { class: "hint" }, tombstone ? say("removed", { day: day(tombstone.removed_at) }) : say("missing"))];
  }
  const version = sha && !now.text_sha256.startsWith(sha) ? await ask("version", { id: Number(id), sha }) : null;
  if (sha && !version && !now.text_sha256.startsWith(sha)) return [el("p", { class: "hint" }, say("missing"))];
  const shown = version ? { ...now, ...version, captured_at: version.seen_at } : now;
  const link = `${BASE}#/bai/${id}/${shown.text_sha256}`;
  document.title = `${shown.title ?? "–"} – ${say("short")}`;
  const facts = el("dl", { class: "facts" },
    lineOf(say("published"), day(shown.published) || say("no_date")),
    shown.byline ? lineOf(say("byline"), shown.byline) : [],
    shown.section ? lineOf(say("section"), shown.section) : [],
    lineOf(say("captured"), day(shown.captured_at)),
    lineOf(say(now.status === "gone" ? "original_gone" : "original"), outside(shown.url, shown.url)));
  return [
    el("article",
      el("p", { class: "meta" }, shown.department),
      el("h1", shown.title ?? "–"),
      version ? el("p", { class: "notice" }, `${say("this_version", { day: day(version.seen_at) })}. `,
        el("a", { href: `#/bai/${id}` }, say("newest_version"))) : null,
      facts,
      shown.summary ? el("p", { class: "summary" }, shown.summary) : null,
      el("div", { class: "text", lang: "vi" }, shown.text.split("\n").filter(Boolean).map((line) => el("p", line)))),
    ...list(say("images"), rest.images, (one) => outside(one.url, one.caption || one.url)),
    ...list(say("files"), rest.files, (one) => outside(one.url, one.label || one.url)),
    ...list(say("versions"), rest.versions.length > 1 ? rest.versions : [], (one) =>
      el("a", { href: `#/bai/${id}/${one.text_sha256}` }, `${day(one.seen_at)} · ${one.text_sha256.slice(0, 12)}`)),
    ...citations(shown, rest.authors, link),
  ];
}

const list = (title, items, made) =>
  items.length ? [el("h2", title), el("ul", { class: "plain" }, items.map((item) => el("li", made(item))))] : [];

function citations(shown, authors, link) {
  const copying = (text) => {
    const button = el("button", { type: "button", class: "copy" }, say("copy"));
    button.onclick = () => navigator.clipboard.writeText(text).then(() => (button.textContent = say("copied")));
    return button;
  };
  const boxed = (name, text) => el("details", el("summary", name), el("pre", text), copying(text));
  const said = sentence(shown, authors, link);
  return [
    el("h2", say("cite")),
    el("p", { class: "citation", lang: "vi" }, said, " ", copying(said)),
    boxed("BibTeX", bibtex(shown, authors, link)),
    boxed("CSL-JSON", csl(shown, authors, link)),
    el("dl", { class: "facts" },
      lineOf(say("stable"), el("a", { href: link }, link)),
      lineOf(say("sha"), el("code", shown.text_sha256))),
  ];
}

async function about() {
  const files = site.dump ? [el("p", outside(site.dump, say("whole")))] : [];
  return [
    el("h1", say("about")),
    el("p", say("about_text")),
    el("p", say("about_search")),
    el("p", say("about_rights", { contact: site.contact })),
    ...files,
    el("dl", { class: "facts" },
      lineOf(say("dump", { version: "" }).trim(), site.database),
      lineOf("SHA-256", el("code", site.sha256))),
  ];
}

function failed(error) {
  const again = el("button", { type: "button" }, say("again"));
  again.onclick = () => location.reload();
  show(el("p", { class: "bad", role: "alert" }, say("failed", { detail: error.message })), again);
}

function asks() {
  const [path, search_] = location.hash.replace(/^#/, "").split("?");
  return { path: path || "/", values: Object.fromEntries(new URLSearchParams(search_ ?? "")) };
}

async function follow() {
  const mine = ++turn;
  const { path, values } = asks();
  document.title = say("site");
  form.q.value = values.q ?? "";
  form.province.value = values.province ?? "";
  form.from.value = values.from ?? "";
  form.to.value = values.to ?? "";
  show(el("p", { class: "hint busy" }, say("searching")));
  const found = /^\/bai\/(\d{1,16})(?:\/([0-9a-f]{8,64}))?$/.exec(path);
  try {
    let parts;
    if (path === "/tim") {
      const count = Number(values.page);
      parts = await search({
        q: values.q ?? "", province: values.province ?? "",
        from: /^\d{4}$/.test(values.from ?? "") ? values.from : "",
        to: /^\d{4}$/.test(values.to ?? "") ? values.to : "",
        page: Number.isInteger(count) && count > 0 ? count : 1,
      });
    } else if (found) parts = await article(found[1], found[2]);
    else if (path === "/ve") parts = await about();
    else parts = await home();
    if (mine !== turn) return; // somebody asked for something else meanwhile
    show(parts);
    const { bytes, requests } = await ask("cost");
    const dump = say("dump", { version: site.version });
    const read = say("cost", { bytes: (bytes / 1e6).toLocaleString(language(), { maximumFractionDigits: 1 }) });
    const told = document.getElementById("about-dump");
    told.textContent = `${dump} · ${read}`;
    Object.assign(told.dataset, { bytes, requests });
    document.body.dataset.ready = String(mine);
  } catch (error) {
    if (mine === turn) failed(error);
  }
}

function speak(code) {
  choose(code);
  document.documentElement.lang = language();
  for (const one of document.querySelectorAll("[data-word]")) {
    if (has(one.dataset.word)) one.textContent = say(one.dataset.word);
  }
  const button = document.getElementById("language");
  button.textContent = language() === "vi" ? "English" : "Tiếng Việt";
  button.lang = language() === "vi" ? "en" : "vi";
}

form.onsubmit = (event) => {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(form));
  location.hash = query({ ...values, q: values.q.trim() }).slice(1);
};
document.getElementById("language").onclick = () => {
  speak(language() === "vi" ? "en" : "vi");
  try {
    localStorage.setItem("lang", language());
  } catch { /* not everybody lets pages remember */ }
  follow();
};
window.onhashchange = () => {
  follow().then(() => window.scrollTo(0, 0));
};

async function begin() {
  let remembered = null;
  try {
    remembered = localStorage.getItem("lang");
  } catch { /* not everybody lets pages remember */ }
  speak(remembered ?? "vi");
  const answer = await fetch(new URL("site.json", BASE), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`site.json: HTTP ${answer.status}`);
  site = await answer.json();
  const { provinces } = await ask("open", { base: BASE, site });
  for (const { slug, name } of provinces) form.province.append(el("option", { value: slug }, name));
  await follow();
}

begin().catch(failed);
