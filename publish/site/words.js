// Vietnamese words as a dump's indexes hold them: crawler/text/spelling.py and folding.py, in the
// browser; and what somebody typed, as groups of runs of words: publish/desk/query_parser.py.

// The only rimes whose tone mark may stand on either vowel: hoà and hòa, uỷ and ủy.
const TWO_WAYS = /o[aeàáảãạèéẻẽẹ]|[òóỏõọ][ae]|u[yỳýỷỹỵ]|[ùúủũụ]y/i;
const EITHER = /^(h|k|l|m|s|t|qu)([iìíỉĩịyỳýỷỹỵ])$/;
const I = [..."iìíỉĩị"];
const Y = [..."yỳýỷỹỵ"];
const LIKE_D = { ð: "đ", Ð: "Đ", ɖ: "đ", Ɖ: "Đ" };
const FOLDED = { đ: "d", ð: "d", ɖ: "d" };

export const composed = (text) => text.normalize("NFC").replace(/[ðÐɖƉ]/g, (d) => LIKE_D[d]);
const swapped = (text, from, to) => [...text].map((c) => to[from.indexOf(c)] ?? c).join("");

// Lower case, the tone in its older place, y where i would do: hòa, kỹ, quý.
export function canonical(word) {
  const small = word.toLowerCase().replace(/[ðÐɖƉ]/g, (d) => LIKE_D[d]);
  const lower = TWO_WAYS.test(small) ? toned(small, false) : small;
  return EITHER.test(lower) ? swapped(lower, I, Y) : lower;
}

// The tone where it is written, newer (hoà) or older (hòa): viet_text_tools.normalize_diacritics.
const TONE = "([\u0300\u0309\u0303\u0301\u0323])";
const HATS = "\u0306\u0302\u031b";
const NEWER = [
  [`${TONE}([aeiouy${HATS}]+)`, "$2$1"], // on the second vowel
  [`(?<=[${HATS}])(.)${TONE}`, "$2$1"], // on the vowel with a hat
  [`(?<=[ae])([iouy])${TONE}`, "$2$1"], [`(?<=[oy])([iuy])${TONE}`, "$2$1"], // on the last vowel but one
  [`(?<!q)(u)([aeiou])${TONE}`, "$1$3$2"], [`(?<!g)(i)([aeiouy])${TONE}`, "$1$3$2"],
].map(([found, put]) => [new RegExp(found, "giu"), put]);
const OLDER = [new RegExp(`(?<!q)([ou])([aeoy])${TONE}(?![\\p{L}\\p{N}_])`, "giu"), "$1$3$2"];

function toned(word, newer) {
  return (newer ? NEWER : [...NEWER, OLDER])
    .reduce((text, [found, put]) => text.replace(found, put), word.normalize("NFD")).normalize("NFC");
}

// Every way in which a syllable is printed, its canonical one first.
export function spellings(word) {
  const first = canonical(word);
  const found = TWO_WAYS.test(first) ? [first, toned(first, true)] : [first];
  if (EITHER.test(first)) {
    for (const one of [...found]) found.push(one.length < 3 ? swapped(one, Y, I) : one.slice(0, -1) + swapped(one.slice(-1), Y, I));
  }
  return [...new Set(found)];
}

// Its spellings, and those with the letters of other alphabets that are printed for đ.
export const printings = (word) => spellings(word).flatMap((one) =>
  (one.split("đ").length === 2 ? [..."đðɖ"].map((letter) => one.replace("đ", letter)) : [one])); // no syllable has two

// A syllable without accents in each way it may be printed: any letters, one tone or none.
const LETTERS = { a: "aăâ", e: "eê", o: "oôơ", u: "uư", d: "dđ" };
const TONES = [..."\u0300\u0301\u0303\u0309\u0323"];
const MOST_HATS = 64; // syllables have fewer
const LONGEST_SYLLABLE = 7; // letters: nghiêng

export function accented(word) {
  if ([...word].length > LONGEST_SYLLABLE) return [word];
  let ways = [[]];
  for (const c of word) ways = ways.flatMap((way) => [...(LETTERS[c] ?? c)].map((letter) => [...way, letter])).slice(0, MOST_HATS);
  return [...new Set(ways.flatMap((letters) => [
    letters.join(""),
    ...letters.flatMap((letter, at) => (/^[aeiouy]$/.test(bare(letter))
      ? TONES.map((tone) => composed([...letters.slice(0, at + 1), tone, ...letters.slice(at + 1)].join(""))) : [])),
  ].map(canonical)))];
}

export const syllables = (text) => (composed(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(canonical);

// A syllable without its accents, ligatures and doubles of letters as what they stand for.
export const bare = (word) =>
  [...word].map((c) => (c === "ı" ? c : c.toUpperCase().toLowerCase())).join("")
    .replace(/[đðɖ]/g, (c) => FOLDED[c]).normalize("NFD").replace(/\p{M}/gu, "");

export const hasAccents = (words) => words.some((word) => bare(word) !== word);

const QUOTES = /[“”„‟«»″＂]/g;
const LONGEST = 200;
const MOST_WORDS = 24;
// What Python calls space: JavaScript has one more, and lacks five.
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const CHUNK = new RegExp(`([-−]?)"([^"]*)"?|([^${SPACE}"]+)`, "gu");
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
const OR = new Set(["OR", "HOẶC", "|"]);
const AND = "AND"; // what other searches know
const NOT = "NOT";
const OF_HEADLINES = "HOẶC"; // in a headline in capitals it is a word like the others
const SPACED = new RegExp(`[^${SPACE}]+`, "gu");

export const stripped = (text) => text.replace(ENDS, "");
const cut = (text, much) => [...text].slice(0, much).join("");

export function understand(typed) {
  const whole = stripped(composed(cut(typed, LONGEST * 2))).replace(QUOTES, '"').replace(/\0/g, " ");
  const text = lookedAt(whole);
  const groups = [];
  const excluded = [];
  let open = [];
  let either = false;
  let refused = false;
  let isCut = text !== whole;
  let left = MOST_WORDS;
  const headline = isHeadline(text);
  const put = (run) => {
    if (either && groups.length) groups.at(-1).push(run);
    else groups.push([run]);
    either = false;
  };
  const close = () => {
    if (open.length) put(runOf(open, false));
    open = [];
  };
  for (const [, sign, quoted, plain] of text.replaceAll("|", " | ").matchAll(CHUNK)) {
    const parts = OR.has(plain) && !(headline && plain === OF_HEADLINES);
    if (parts || plain === AND || plain === NOT) {
      close();
      either = parts;
      refused = plain === NOT;
      continue;
    }
    const minus = refused || Boolean(sign) || /^[-−]/.test(plain ?? "");
    const all = (quoted || plain || "").match(/[\p{L}\p{N}]+/gu) ?? [];
    isCut ||= all.length > left;
    const words = all.slice(0, left);
    left -= words.length;
    if (!words.length) continue;
    refused = false;
    if (minus) {
      close();
      excluded.push(runOf(words, Boolean(quoted)));
    } else if (quoted) {
      close();
      put(runOf(words, true));
    } else {
      open = [...open, ...words];
    }
  }
  close();
  return { typed: stripped(text), groups, excluded, cut: isCut };
}

// As much of it as is looked at, without a part of a word at its end.
function lookedAt(text) {
  const begin = cut(text, LONGEST);
  return begin === text || !begin.includes(" ") ? begin : begin.slice(0, begin.lastIndexOf(" "));
}

// `capitals`: one word in plain capitals, as abbreviations are: AI.
const runOf = (words, quoted) =>
  ({ words: words.map(canonical), quoted, capitals: words.length === 1 && /^[A-Z]{2,}$/.test(words[0]) });

// Whether it is in capitals throughout, and not only abbreviations are.
const isHeadline = (text) => !/\p{Lowercase}/u.test(text) && (text.match(SPACED) ?? []).some((word) => !OR.has(word)
  && [...word.toLowerCase()].some((letter) => bare(letter) !== letter && /^[aeiouy]$/.test(bare(letter))));

// The question as typed again, with other words in place of some runs.
export function saying(asked, instead) {
  const plain = ({ words, quoted, capitals }) => {
    const said = capitals ? words.join(" ").toUpperCase() : words.join(" ");
    return quoted ? `"${said}"` : said;
  };
  const said = [];
  let openEnd = false;
  for (const group of asked.groups) {
    const runs = group.map((run) => (instead.has(run) ? { words: instead.get(run), quoted: run.quoted } : run));
    if (openEnd && !runs[0].quoted) said.push(AND);
    said.push(runs.map(plain).join(" OR "));
    openEnd = !runs.at(-1).quoted;
  }
  return [...said, ...asked.excluded.map((run) => `-${plain(run)}`)].join(" ");
}

// The question without its accents; what stands between words stays.
export const loosely = ({ typed }) => typed.replace(SPACED, (one) => (OR.has(one) || one === AND || one === NOT ? one : bare(one)));
