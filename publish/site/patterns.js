// What to mark in a text, and which passage to show: publish/desk/render/highlight.py and
// query_parser.py, in the browser.

import { bare, spellings } from "./words.js";

const WIDTH = 240; // characters of a passage
const LOOKED_AT = 60;
const BETWEEN = "[^\\p{L}\\p{N}]+";

// Every letter that folds to a plain one: a word without accents is looked for in any of them.
const VARIANTS = new Map();
for (const [first, end] of [[0xc0, 0x180], [0x1a0, 0x1b1], [0x1ea0, 0x1efa]]) {
  for (let code = first; code < end; code++) {
    const accented = String.fromCharCode(code);
    const plain = bare(accented);
    if (accented.toLowerCase() === accented && accented.toUpperCase() !== accented && /^[aeiouyd]$/.test(plain)) {
      VARIANTS.set(plain, (VARIANTS.get(plain) ?? plain) + accented);
    }
  }
}

function letter(c, free) {
  if (c === "đ" || (free && c === "d")) return free ? "[dđðɖ]" : "[đðɖ]";
  if (free && VARIANTS.has(c)) return `[${VARIANTS.get(c)}]`;
  return c.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function spelt({ text, free }) {
  const ways = spellings(free ? bare(text) : text);
  return `(?:${ways.map((way) => [...way].map((c) => letter(c, free)).join("")).join("|")})`;
}

// Words in a row as they may be printed, each with its own accents or, if free, with any.
export const speltPattern = (words) => words.map(spelt).join(BETWEEN);

// A pattern of any of these, those of most words first, none of them within a word.
export function wholeWords(patterns) {
  const words = (pattern) => pattern.split(BETWEEN).length;
  const found = [...new Set(patterns)].sort((a, b) => words(b) - words(a) || b.length - a.length);
  if (!found.length) return null;
  const whole = new RegExp(`(?<![\\p{L}\\p{N}])(?:${found.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  return Object.assign(whole, { ways: found.length });
}

const exactly = (words) => speltPattern(words.map((text) => ({ text, free: false })));

// What to mark of an article that has a question as it is meant, and of one that has its words apart.
export function patternsOf(meaning) {
  const runs = meaning.groups.flat();
  const meant = runs.flatMap(({ phrases, others, pieces, words, free }) => [
    ...(free ? [speltPattern(words)] : []), ...[...phrases, ...others].map(exactly), ...pieces.map(speltPattern),
    ...(phrases.length || pieces.length ? [] : words.map((word) => speltPattern([word]))),
  ]);
  const apart = runs.flatMap(({ words }) => words.map((word) => speltPattern([word])));
  return { meant: wholeWords(meant), apart: wholeWords(apart) };
}

// The text in pieces, each with whether it is marked.
export function marked(text, pattern) {
  if (!pattern) return text ? [[text, false]] : [];
  const pieces = [];
  let at = 0;
  for (const hit of text.matchAll(pattern)) {
    if (hit.index > at) pieces.push([text.slice(at, hit.index), false]);
    pieces.push([hit[0], true]);
    at = hit.index + hit[0].length;
  }
  return at < text.length ? [...pieces, [text.slice(at), false]] : pieces;
}

// How many different words stand close together, at most, and where that begins.
export function together(text, pattern) {
  const spans = [];
  if (pattern) {
    for (const hit of text.matchAll(pattern)) {
      spans.push([hit.index, hit[0]]);
      if (spans.length === LOOKED_AT) break;
    }
  }
  let best = { count: 0, at: 0 };
  spans.forEach(([start], at) => {
    const near = new Set(spans.slice(at, at + 12)
      .filter(([where, said]) => where + said.length - start <= WIDTH * 0.8).map(([, said]) => said.toLowerCase()));
    if (near.size > best.count) best = { count: near.size, at: start };
  });
  return best;
}

// About two lines around a place, in pieces.
export function passage(text, pattern, start, between = " · ") {
  const begin = start > 60 ? text.lastIndexOf(" ", start - 61) + 1 : 0;
  let end = Math.min(text.length, begin + WIDTH);
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end - 1), begin + WIDTH / 2);
  const cut = text.slice(begin, end).split("\n").filter((line) => line.trim()).join(between);
  return [...(begin ? [["… ", false]] : []), ...marked(cut, pattern), ...(end < text.length ? [[" …", false]] : [])];
}
