// The page: what its address asks for, and what the dump answers.

import { articlePage, filePage } from "./article.js";
import { el, lineOf, outside } from "./element.js";
import { choose, day, has, language, number, say } from "./phrases.js";
import { FILTERS, address, readQuestion } from "./question.js";
import { articles, results } from "./results.js";

const BASE = new URL(".", document.baseURI).href;
const EXAMPLES = ["chuyển đổi số", "doi moi sang tao", "sở hữu trí tuệ", "KH&CN"];
const page = document.getElementById("page");
const form = document.getElementById("search");
const worker = new Worker(new URL("worker.js", BASE), { type: "module" });
const waiting = new Map();
let asked = 0;
let site;
let hasDocuments = false;
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

function show(...parts) {
  page.replaceChildren(...parts.flat().filter((part) => part !== null && part !== undefined));
}

async function home() {
  const newest = await ask("newest");
  const { articles: count, portals, day: last } = site;
  return [
    el("h1", { class: "site" }, say("site")),
    el("p", { class: "lead" }, say("holds", { count: number(count), portals: number(portals), day: day(last) })),
    el("p", { class: "examples" }, `${say("examples")}: `, EXAMPLES.flatMap((words, i) =>
      [i ? " · " : "", el("a", { href: address(readQuestion({ q: words })), lang: "vi" }, words)])),
    el("h2", say("newest")),
    articles(newest, "h3"),
  ];
}

async function search(values) {
  const found = await ask("search", values);
  document.title = `${found.question.q || say("all")} – ${say("short")}`;
  return results(found, hasDocuments);
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

// The form holds what the address asks for, filters included.
function fill({ q, filters, order, accents, place, what }) {
  form.q.value = q;
  form.o.checked = place === "tieude";
  form.dau.checked = accents === "dung";
  const kept = { ...filters, xep: order === "moi" ? "" : order, loai: what };
  for (const name of [...Object.keys(FILTERS), "xep", "loai"]) form[name].value = kept[name] ?? "";
}

async function parts(path, values) {
  const [, kind, id, rest] = /^\/(bai|tep)\/([0-9a-f]{1,64})(?:\/([0-9a-f]{1,64}))?$/.exec(path) ?? [];
  if (path === "/tim") return search(values);
  if (kind === "bai" && /^\d{1,16}$/.test(id)) {
    return articlePage(await ask("article", { id: Number(id), sha: rest }), { id, sha: rest, base: BASE });
  }
  if (kind === "tep") return filePage(await ask("file", { sha: id }), Number(rest) || 1);
  return path === "/ve" ? about() : home();
}

async function follow() {
  const mine = ++turn;
  const { path, values } = asks();
  document.title = say("site");
  fill(readQuestion(path === "/tim" ? values : {}));
  show(el("p", { class: "hint busy" }, say("searching")));
  try {
    const made = await parts(path, values);
    if (mine !== turn) return; // somebody asked for something else meanwhile
    show(made);
    const cost = await ask("cost");
    const dump = say("dump", { version: site.version });
    const read = say("cost", { bytes: (cost.bytes / 1e6).toLocaleString(language(), { maximumFractionDigits: 1 }), requests: number(cost.requests) });
    const told = document.getElementById("about-dump");
    told.textContent = `${dump} · ${read}`;
    Object.assign(told.dataset, cost);
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
  const { q, ...values } = Object.fromEntries(new FormData(form));
  location.hash = address(readQuestion({ ...values, q })).slice(1);
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
  hasDocuments = (await ask("open", { base: BASE, site })).documents > 0;
  await follow();
}

begin().catch(failed);
