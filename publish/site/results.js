// What a question found, as the desk shows it: publish/templates/desk_search.html.

import { el, pieces } from "./element.js";
import { pagedBy } from "./hits.js";
import { day, kindOf, number, say } from "./phrases.js";
import { address } from "./question.js";
import { bare, hasAccents, loosely, saying } from "./words.js";

const SHOWN = 4; // readings a reader may choose from
const MOST = { tinh: 8, tinh_cu: 10, cong: 8, nam: 8, thang: 12, chuyenmuc: 6, tacgia: 6 };
const CLOSE_ENOUGH = ["phrase", "other", "title", "title_other"];

export function articles(hits, level) {
  return el("ol", { class: "hits" }, hits.map((hit) => el("li",
    el(level, { class: "title", lang: "vi" }, el("a", { href: `#/bai/${hit.id}` }, hit.title.length ? pieces(hit.title) : say("untitled"))),
    el("p", { class: "meta" }, [
      day(hit.published) || say("no_date"),
      hit.place ? [" · ", hit.place.provinceName, hit.place.present === hit.place.province ? "" : ` (${say("now", { name: hit.place.presentName })})`] : [],
      hit.section ? [" · ", hit.section] : [],
    ].flat(2), hit.status === "live" ? null : el("span", { class: `badge ${hit.status}` }, say(`status_${hit.status}`))),
    hit.passage.length ? el("p", { class: "snippet", lang: "vi" }, pieces(hit.passage)) : null)));
}

function documents(hits, level) {
  return el("ol", { class: "hits" }, hits.map((hit) => el("li",
    el(level, { class: "title", lang: "vi" }, el("a", { href: `#/tep/${hit.sha}${hit.page ? `/${hit.page}` : ""}` }, hit.name.length ? pieces(hit.name) : say("document"))),
    el("p", { class: "meta" }, [
      kindOf(hit.type), hit.page ? ` · ${say(pagedBy(hit.type), { n: number(hit.page) })}` : "", hit.from === "ocr" ? ` · ${say("by_ocr")}` : "",
      ` · ${say("found_in")} `, el("a", { href: `#/bai/${hit.article}`, lang: "vi" }, hit.articleTitle || say("untitled")),
      hit.published ? `, ${day(hit.published)}` : "", hit.others ? ` ${say("and_others", { n: number(hit.others) })}` : "",
    ]),
    hit.passage.length ? el("p", { class: "snippet", lang: "vi" }, pieces(hit.passage)) : null)));
}

// How a run was understood and what else it may mean, one click away: publish/desk/render/meanings.py.
function meanings({ question, asked, meaning, kind, sections }) {
  // Where another writing is found nobody asks what was made of the words.
  const inPieces = !CLOSE_ENOUGH.includes(kind) || sections.some((section) => section.kind === "pieces");
  const runs = asked.groups.flat();
  const known = meaning.filter(({ phrases }) => phrases.length).map(({ run, phrases }) => [runs[run], phrases[0]]);
  return meaning.flatMap(({ run: at, phrases, readings, pieces: parts, changed, free: any }) => {
    const run = runs[at];
    const phrase = run.words.length > 1;
    const accents = hasAccents(run.words);
    if (parts.length && !inPieces) return [];
    if (parts.length) {
      return [el("p", { class: "said" }, `${say("meant_pieces")} `, parts.flatMap((part, i) => [i ? " · " : "", el("b", { lang: "vi" }, part)]))];
    }
    if (!readings.length || !(changed || readings.length > 1 || question.accents === "moi")) return [];
    const chosen = (words) => !any && phrases.some((one) => one.join(" ") === words.join(" "));
    // What has no accents would be read as any: it is asked for as it is written, and so is the rest.
    const asking = (words) => (hasAccents(words) ? { q: saying(asked, new Map([[run, words]])), dau: "" }
      : { q: saying(asked, new Map([...known, [run, words]])), dau: "dung" });
    const everyWay = address(question, { dau: "moi", q: loosely(asked) });
    return [el("p", { class: "said" },
      changed && accents ? `${say("meant_nobody", { q: run.words.join(" ") })} ` : "", `${say(any ? "meant_any" : "meant")} `,
      readings.slice(0, phrase ? SHOWN : 2 * SHOWN).flatMap(({ words, articles: count }) => [
        chosen(words) ? el("b", { lang: "vi" }, words.join(" "))
          : el("a", { lang: "vi", href: address(question, asking(words)) }, words.join(" ")),
        ` (${number(count)}) · `]),
      any ? el("b", say("any_accents")) : el("a", { href: everyWay }, say("any_accents")))];
  });
}

function counts(question, name, items) {
  const label = (key, text) => (name === "thang" ? day(key) : text);
  const row = ([key, text, count]) =>
    el("li", el("a", { href: address(question, { [name]: key }), rel: "nofollow" }, label(key, text)), " ", el("span", number(count)));
  const rest = items.slice(MOST[name]);
  return el("section", el("h3", say(name)), el("ul", { class: "counts" }, items.slice(0, MOST[name]).map(row)),
    rest.length ? el("details", el("summary", say("show_more")), el("ul", { class: "counts" }, rest.map(row))) : null);
}

function narrowing({ question, tallies }) {
  const parts = Object.entries(tallies).filter(([name, items]) => items.length && !(name in question.filters))
    .map(([name, items]) => counts(question, name, items));
  const wide = window.matchMedia("(min-width: 60rem)").matches;
  return el("aside", { class: "narrow", "aria-label": say("filters") },
    parts.length ? el("details", { class: "filter-box", ...(wide ? { open: "" } : {}) }, el("summary", say("filters")), parts) : null);
}

const choice = (text, href, chosen) => el("a", { href, ...(chosen ? { "aria-current": "true" } : {}) }, text);

function above({ question, chosen }, hasDocuments) {
  return [
    hasDocuments ? el("nav", { class: "what", "aria-label": say("what_label") }, ["", "tailieu"].map((what) =>
      choice(say(what ? "what_documents" : "what_articles"), address(question, { loai: what }), (question.what === "tailieu") === Boolean(what)))) : null,
    chosen.length ? el("ul", { class: "chosen" }, chosen.map(([name, label]) => el("li",
      el("span", `${say(name)}: `, el("b", name === "thang" ? day(label) : label)), " ",
      el("a", { href: address(question, { [name]: "" }), "aria-label": `${say("remove_filter")}: ${label}` }, "×")))) : null,
  ];
}

function counted({ question, asked, kind, total, documents: inFiles }) {
  const words = asked.groups.length > 0;
  // Syllables that stand apart say something else: whoever wants such articles asks for them.
  const folded = kind === "words" && question.place !== "chu";
  const title = folded
    ? el("a", { href: address(question, { o: "chu" }), rel: "nofollow" }, say(inFiles ? "see_scattered_files" : "see_scattered", { n: number(total) }))
    : total ? say(inFiles ? "results_files" : "results", { n: number(total) })
      : question.q && !words && !asked.excluded.length ? say("no_words") : say("no_results");
  return { folded, bar: el("div", { class: "bar" },
    el("h1", { class: "kind", id: "count" }, title, total && words && !folded ? el("span", { class: "how" }, ` ${say(`kind_${kind}`)}`) : null),
    total && words && !folded ? el("p", { class: "order" }, `${say("order")}: `, ["moi", "sat"].map((order) =>
      choice(say(`order_${order}`), address(question, { xep: order === "moi" ? "" : order }), question.order === order))) : null) };
}

export function results(found, hasDocuments) {
  const { question, asked, sections, kind, total, more } = found;
  const { folded, bar } = counted(found);
  // Of a single word there is nothing to say.
  const words = asked.groups.flat().flatMap((run) => run.words);
  const nobody = words.length > 1 && !CLOSE_ENOUGH.includes(kind) && question.place !== "chu";
  const filtered = Object.keys(question.filters).length ? "_here" : "";
  const pages = el("nav", { class: "pages", "aria-label": say("pages") },
    question.page > 1 ? el("a", { href: address(question, { trang: question.page - 1 }), rel: "prev" }, `← ${say("previous")}`) : null,
    el("span", say("page_n", { n: question.page })),
    more ? el("a", { href: address(question, { trang: question.page + 1 }), rel: "next" }, `${say("next")} →`) : null);
  const listed = folded ? [] : sections.flatMap((section) => [
    section.kind === kind ? null : el("h2", { class: "line" }, say(`line_${section.kind}`), el("span", { class: "how" }, ` (${number(section.count)})`)),
    (found.documents ? documents : articles)(section.hits, section.kind === kind ? "h2" : "h3"),
  ]);
  return [
    ...above(found, hasDocuments),
    el("div", { class: "columns" },
      el("section", { "aria-labelledby": "count" },
        ...meanings(found),
        found.leftOut.length ? el("p", { class: "said" }, `${say("left_out")} `, found.leftOut.flatMap((words, i) => [i ? " · " : "", el("b", { lang: "vi" }, words)])) : null,
        asked.cut ? el("p", { class: "notice", role: "status" }, say("cut_short", { n: words.length + asked.excluded.reduce((sum, run) => sum + run.words.length, 0) })) : null,
        nobody ? el("p", { class: "notice", role: "status" }, say(`nobody${question.place === "tieude" ? "_title" : ""}${filtered}`)) : null,
        bar,
        !total && Object.keys(question.filters).length ? el("p", el("a", { href: address({ ...question, filters: {} }) }, say("try_all"))) : null,
        ...listed,
        !folded && (question.page > 1 || more) ? pages : null,
        !folded && total && words.length > 1 && question.place !== "chu" ? el("p", { class: "small" }, el("a", { href: address(question, { o: "chu" }), rel: "nofollow" }, say("all_words"))) : null),
      total && !folded ? narrowing(found) : null),
  ];
}
