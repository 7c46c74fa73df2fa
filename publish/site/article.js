// An article's page, and a document's: their text, what is known of them, how they are cited.

import { bibtex, csl, sentence } from "./citation.js";
import { el, lineOf, list, outside } from "./element.js";
import { pagedBy, pageStarts } from "./hits.js";
import { day, kindOf, number, say } from "./phrases.js";

const PAGES_SHOWN = 20;

export function articlePage({ article: now, tombstone, version, ...rest }, { id, sha, base }) {
  if (!now) return [el("p", { class: "hint" }, tombstone ? say("removed", { day: day(tombstone.removed_at) }) : say("missing"))];
  const newest = !sha || now.text_sha256.startsWith(sha);
  if (!newest && !version) return [el("p", { class: "hint" }, say("missing"))];
  const shown = newest ? now : { ...now, ...version, captured_at: version.seen_at };
  const link = `${base}#/bai/${id}/${shown.text_sha256}`;
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
      el("h1", { lang: "vi" }, shown.title ?? "–"),
      newest ? null : el("p", { class: "notice" }, `${say("this_version", { day: day(version.seen_at) })}. `,
        el("a", { href: `#/bai/${id}` }, say("newest_version"))),
      facts,
      shown.summary ? el("p", { class: "summary", lang: "vi" }, shown.summary) : null,
      text(shown.text)),
    ...list(say("images"), rest.images, (one) => outside(one.url, one.caption || one.url)),
    ...list(say("files"), rest.files, (one) => [
      outside(one.url, one.label || one.url), one.file ? [" · ", el("a", { href: `#/tep/${one.file}` }, say("read_here"))] : []].flat()),
    ...list(say("versions"), rest.versions.length > 1 ? rest.versions : [], (one) =>
      el("a", { href: `#/bai/${id}/${one.text_sha256}` }, `${day(one.seen_at)} · ${one.text_sha256.slice(0, 12)}`)),
    ...citations(shown, rest.authors, link),
  ];
}

const text = (words) => el("div", { class: "text", lang: "vi" }, words.split("\n").filter(Boolean).map((line) => el("p", line)));

function citations(shown, authors, link) {
  const copying = (words) => {
    const button = el("button", { type: "button", class: "copy" }, say("copy"));
    button.onclick = () => navigator.clipboard.writeText(words).then(() => (button.textContent = say("copied")));
    return button;
  };
  const boxed = (name, words) => el("details", el("summary", name), el("pre", { tabindex: "0" }, words), copying(words));
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

// The kept bytes are not in a dump, their text is.
export function filePage({ file, carriers, facts }, page) {
  if (!file) return [el("p", { class: "hint" }, say("missing_file"))];
  const starts = pageStarts(file.page_starts);
  const words = file.text ?? "";
  const first = Math.min(Math.max(1, page), starts.length);
  const shown = starts.map((start, at) => [at + 1, words.slice(start, starts[at + 1] ?? words.length).trim()])
    .slice(first - 1, first - 1 + PAGES_SHOWN);
  const turn = (to, key) => (to >= 1 && to <= starts.length ? el("a", { href: `#/tep/${file.sha256}/${to}` }, say(key)) : null);
  const name = file.name || file.title || say("document");
  document.title = `${name} – ${say("short")}`;
  return [
    el("article",
      el("h1", { lang: "vi" }, name),
      el("dl", { class: "facts" },
        lineOf(say("type"), `${kindOf(file.type)}${file.pages ? `, ${say("pages_n", { n: number(file.pages) })}` : ""}, ${number(Math.ceil(file.bytes / 1000))} kB`),
        Object.entries(facts ?? {}).filter(([, value]) => value)
          .map(([key, value]) => lineOf(say(`fact_${key}`), key === "issued" ? day(value) : String(value))),
        lineOf(say("sha_file"), el("code", file.sha256))),
      ...list(say("carried"), carriers, (one) => [
        el("a", { href: `#/bai/${one.id}`, lang: "vi" }, one.title || say("untitled")), ` · ${day(one.published) || say("no_date")} · `, outside(one.url, say("original"))]),
      file.text_from === "ocr" ? el("p", { class: "notice" }, say("by_ocr")) : null,
      words ? null : el("p", { class: "hint" }, say("no_text")),
      shown.filter(([, part]) => part).map(([at, part]) => [starts.length > 1 ? el("h2", { id: `trang-${at}` }, say(pagedBy(file.type), { n: number(at) })) : null, text(part)]).flat()),
    el("nav", { class: "pages", "aria-label": say("pages") }, turn(first - PAGES_SHOWN < 1 && first > 1 ? 1 : first - PAGES_SHOWN, "pages_before"), turn(first + PAGES_SHOWN, "pages_after")),
  ];
}
