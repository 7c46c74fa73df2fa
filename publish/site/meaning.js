// What a question means in a dump: publish/desk/queries/meaning.py, in the browser.

import { otherNumerals } from "./numerals.js";
import { bare, hasAccents } from "./words.js";

const LONGEST_PIECE = 4;
const SHOWN = 4;
const FEW = 20;
const MOST_OTHERS = 16;
const LONGEST_WRITING = 7;

const exactly = (words) => words.map((text) => ({ text, free: false }));
const loosely = (words) => words.map((text) => ({ text, free: true }));
const asTyped = (words) => words.map((text) => ({ text, free: bare(text) === text }));
const said = (words) => words.join(" ");
const once = (ways) => [...new Map(ways.map((words) => [said(words), words])).values()];

export class Meaning {
  // `writings` maps words to their other writings.
  constructor(index, writings) {
    this.index = index;
    this.writings = writings;
  }

  async of(asked, accents) {
    const all = (runs) => Promise.all(runs.map((run) => this.meant(run, accents)));
    const [groups, excluded] = await Promise.all([
      Promise.all(asked.groups.map(all)), Promise.all(asked.excluded.map((run) => this.read(run, accents))),
    ]);
    return { groups, excluded };
  }

  // A run with what stands for the same: what is printed, else what it would be written out.
  async meant(run, accents) {
    const found = await this.read(run, accents);
    const ways = found.phrases.length ? found.phrases.slice(0, SHOWN) : [run.words];
    let others = ways.flatMap((words) => this.otherWritings(words));
    if (!found.phrases.length) {
      others = await Promise.all(others.map(async (words) => (await this.index.readings(asTyped(words)))[0]?.words ?? words));
    }
    return { ...found, others: once([...others, ...ways.flatMap(otherNumerals)]) };
  }

  // The words with the accents that articles print; typed accents are meant, unless nobody does.
  async read(run, accents) {
    const { words } = run;
    const whole = (phrases, readings, each, more = {}) =>
      ({ run, phrases, readings, words: each, pieces: [], changed: false, free: false, ...more });
    if (accents === "dung") return whole([words], [], exactly(words));
    const any = async () => {
      const found = await this.index.readings(loosely(words));
      return whole(found.map((way) => way.words), found, loosely(words), { free: true });
    };
    if (accents === "moi") return any();
    if (hasAccents(words) || (run.capitals && said(words) in this.writings)) {
      const count = (await this.index.phrases([words])).length;
      if (count) {
        const half = count < FEW && words.some((word) => bare(word) === word);
        const others = half ? await this.index.readings(asTyped(words)) : [];
        const named = others.filter((way) => said(way.words) !== said(words));
        return whole([words], [{ words, articles: count }, ...named], exactly(words));
      }
    }
    if (!hasAccents(words) && words.length === 1) return any();
    for (const typed of [asTyped(words), loosely(words)]) {
      const found = await this.index.readings(typed);
      if (found.length) {
        const phrases = meantBy(found);
        return whole(phrases, found, exactly(phrases[0]), { changed: said(phrases[0]) !== said(words) });
      }
    }
    const parts = await this.pieces(asTyped(words));
    return whole([], [], parts.flat(), { pieces: parts.length < words.length ? parts : [] });
  }

  otherWritings(words) {
    let ways = [[]];
    for (let at = 0, size; at < words.length; at += size) {
      size = Math.min(LONGEST_WRITING, words.length - at);
      while (size > 1 && !(said(words.slice(at, at + size)) in this.writings)) size--;
      const part = words.slice(at, at + size);
      const options = [part, ...(this.writings[said(part)] ?? []).map((other) => other.split(" "))];
      ways = ways.flatMap((way) => options.map((option) => [...way, ...option]));
    }
    return once(ways).slice(0, MOST_OTHERS + 1).filter((way) => said(way) !== said(words));
  }

  // The fewest phrases that articles print, of equally many the commonest; a word may be alone.
  async pieces(words) {
    const printed = new Map();
    const key = (at, size) => `${at} ${size}`;
    for (let size = 2; size <= LONGEST_PIECE; size++) {
      const places = words.map((_, at) => at).filter((at) => at + size <= words.length && (
        size === 2 || (printed.get(key(at, size - 1)) && printed.get(key(at + 1, size - 1)))));
      const found = await Promise.all(places.map((at) => this.index.readings(words.slice(at, at + size))));
      places.forEach((at, i) => printed.set(key(at, size), found[i][0]));
    }
    const best = [{ count: 0, weight: 0, parts: [] }];
    for (let end = 1; end <= words.length; end++) {
      const last = best[end - 1];
      const choices = [{ ...last, count: last.count + 1, parts: [...last.parts, [words[end - 1]]] }];
      for (let size = 2; size <= Math.min(LONGEST_PIECE, end); size++) {
        const way = printed.get(key(end - size, size));
        if (!way) continue;
        const before = best[end - size];
        choices.push({
          count: before.count + 1, weight: before.weight - Math.log(way.articles),
          parts: [...before.parts, exactly(way.words)],
        });
      }
      best.push(choices.reduce((one, other) => (before(other, one) ? other : one)));
    }
    return best.at(-1).parts;
  }
}

// The commonest reading that has accents, with that without where it is the commonest of all: names of files.
function meantBy(found) {
  const best = (found.find((way) => hasAccents(way.words)) ?? found[0]).words;
  return best === found[0].words ? [best] : [best, found[0].words];
}

// Which of two choices is the better one, to the last letter, so that it is the same everywhere.
function before(one, other) {
  const spelt = ({ parts }) => parts.map((part) => part.map(({ text, free }) => `${text} ${Number(free)}`).join("\u0001")).join("\u0000");
  if (one.count !== other.count) return one.count < other.count;
  if (one.weight !== other.weight) return one.weight < other.weight;
  return spelt(one) < spelt(other);
}
