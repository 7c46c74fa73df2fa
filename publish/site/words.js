// Vietnamese words as a dump's indexes hold them: crawler/text/spelling.py, in the browser.

const TONES = "\u0300\u0301\u0303\u0309\u0323";
const TONE = new RegExp(`[${TONES}]`);
const EITHER = /^(h|k|l|m|s|t|qu)([iìíỉĩịyỳýỷỹỵ])$/;
const TO_Y = { i: "y", ì: "ỳ", í: "ý", ỉ: "ỷ", ĩ: "ỹ", ị: "ỵ" };
const LIKE_D = { ð: "đ", Ð: "Đ", ɖ: "đ", Ɖ: "Đ" };

export const composed = (text) => text.normalize("NFC").replace(/[ðÐɖƉ]/g, (d) => LIKE_D[d]);

// Lower case, the tone in its older place, y where i would do: hòa, kỹ, quý.
export function canonical(word) {
  let lower = composed(word).toLowerCase();
  lower = oldTone(lower);
  const found = EITHER.exec(lower);
  return found ? found[1] + (TO_Y[found[2]] ?? found[2]) : lower;
}

// hoà → hòa, thuỷ → thủy: in an open syllable the tone stands on the first vowel of oa, oe, uy.
function oldTone(word) {
  const apart = word.normalize("NFD");
  const found = new RegExp(`(o|u)([${TONES}]?)([aey])([\u0302\u0306\u031b]?)([${TONES}]?)(.*)$`).exec(apart);
  if (!found || found[4]) return word;
  const [, first, on, second, , late, rest] = found;
  const before = apart.slice(0, found.index);
  if (!((first === "o" && second !== "y") || (first === "u" && second === "y"))) return word;
  if (first === "u" && before.endsWith("q")) return word;
  const tone = on || late;
  if (!tone || TONE.test(before + rest)) return word;
  const moved = rest ? first + second + tone + rest : first + tone + second;
  return (before + moved).normalize("NFC");
}

export const syllables = (text) => (composed(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(canonical);

// A syllable without its accents.
export const bare = (word) =>
  word.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();

const QUOTES = /[“”„‟«»″＂]/g;
const LONGEST = 200;
const MOST_WORDS = 16;

// What somebody typed, as groups of runs of words: publish/desk/query_parser.py.
export function understand(typed) {
  const text = composed(typed).trim().slice(0, LONGEST).replace(QUOTES, '"').replace(/\0/g, " ");
  const groups = [];
  const excluded = [];
  let open = [];
  let either = false;
  let left = MOST_WORDS;
  const put = (run) => {
    if (either && groups.length) groups[groups.length - 1].push(run);
    else groups.push([run]);
    either = false;
  };
  const close = () => {
    if (open.length) put({ words: open, quoted: false });
    open = [];
  };
  for (const [, sign, quoted, plain] of text.matchAll(/([-−]?)"([^"]*)"?|([^\s"]+)/g)) {
    if (plain === "OR" || plain === "HOẶC" || plain === "|") {
      close();
      either = true;
      continue;
    }
    const minus = Boolean(sign) || /^[-−]/.test(plain ?? "");
    const words = syllables(quoted || plain || "").slice(0, left);
    left -= words.length;
    if (!words.length) continue;
    const run = { words, quoted: Boolean(quoted) };
    if (minus) {
      close();
      excluded.push(run);
    } else if (quoted) {
      close();
      put(run);
    } else {
      open = [...open, ...words];
    }
  }
  close();
  return { groups, excluded };
}

// A pattern that finds these words in a row in a text, with whatever stands between words.
export function marking(phrases, free = false) {
  const letter = (c) => (free ? `${c}\\p{M}*` : c.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const spelt = phrases
    .filter((words) => words.length)
    .map((words) => words.map((word) => [...word.normalize("NFD")].map(letter).join("")).join("[^\\p{L}\\p{N}]+"));
  if (!spelt.length) return null;
  spelt.sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])(?:${spelt.join("|")})(?![\\p{L}\\p{N}\\p{M}])`, "giu");
}
