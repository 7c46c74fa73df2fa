// What a question means in a dump: publish/desk/queries/meaning.py and indexes.py, in the browser.
// The phrase as articles print it comes first, then its other writing, then its pieces, then its words.

import { bare } from "./words.js";

const PAIRS = "articles_fts_by_date_pairs";
const WORDS = "articles_fts_by_date";
const MOST_READINGS = 5;
const MOST_CHAINS = 64;
const LONGEST_PIECE = 4;
const MOST_OTHERS = 6;
const LONGEST_WRITING = 7;

const pairsOf = (words) => words.slice(1).map((word, i) => `${words[i]}_${word}`);
const common = (a, b) => b.articles - a.articles || (a.words.join(" ") < b.words.join(" ") ? -1 : 1);
const alike = (a, b) => a.join(" ") === b.join(" ");
const hasAccents = (words) => words.some((word) => bare(word) !== word);

export class Meaning {
  // `ask(sql, values)` gives rows; `writings` maps words to their other writings.
  constructor(ask, writings) {
    this.ask = ask;
    this.writings = writings;
  }

  understood(asked) {
    return {
      groups: asked.groups.map((group) => group.map((run) => this.meant(run))),
      excluded: asked.excluded.map((run) => {
        const { phrases } = this.read(run);
        return phrases.length ? phrases : [run.words];
      }),
    };
  }

  meant(run) {
    const found = this.read(run);
    const ways = found.phrases.length ? found.phrases.slice(0, 4) : [run.words];
    let others = ways.flatMap((words) => this.otherWritings(words));
    if (!found.phrases.length) {
      others = others.map((words) => this.readings(this.typed(words))[0]?.words ?? words);
    }
    return { ...found, others };
  }

  typed(words) {
    return words.map((text) => ({ text, free: bare(text) === text }));
  }

  // Typed accents are meant, unless nobody prints them.
  read(run) {
    const exact = run.words.map((text) => ({ text, free: false }));
    const loose = run.words.map((text) => ({ text, free: true }));
    const half = this.typed(run.words);
    const whole = (phrases, readings, words, more = {}) =>
      ({ run, phrases, readings, words, pieces: [], changed: false, ...more });
    if (hasAccents(run.words)) {
      const count = this.count([run.words]);
      if (count) return whole([run.words], [{ words: run.words, articles: count }], exact);
    } else if (run.words.length === 1) {
      const found = this.readings(loose);
      return whole(found.map((way) => way.words), found, loose);
    }
    for (const words of [half, loose]) {
      const found = this.readings(words);
      if (found.length) {
        const best = found[0].words;
        return whole([best], found, best.map((text) => ({ text, free: false })), {
          changed: !alike(best, run.words),
        });
      }
    }
    const parts = this.pieces(half);
    return whole([], [], parts.flat(), { pieces: parts.length < run.words.length ? parts : [] });
  }

  otherWritings(words) {
    for (let size = Math.min(LONGEST_WRITING, words.length); size > 0; size--) {
      const found = [];
      for (let at = 0; at + size <= words.length; at++) {
        for (const other of this.writings[words.slice(at, at + size).join(" ")] ?? []) {
          found.push([...words.slice(0, at), ...other.split(" "), ...words.slice(at + size)]);
        }
      }
      if (found.length) return found.slice(0, MOST_OTHERS);
    }
    return [];
  }

  // How articles print these words in a row, the commonest first.
  readings(words) {
    const chains = this.chains(words);
    if (words.length < 3) return chains.sort(common).slice(0, MOST_READINGS);
    // A chain of pairs that are all printed somewhere need not be printed anywhere.
    const likely = chains.sort(common).slice(0, MOST_CHAINS);
    const first = this.counted(likely.slice(0, MOST_READINGS));
    return first.length ? first : this.counted(likely.slice(MOST_READINGS));
  }

  counted(chains) {
    return chains
      .map(({ words }) => ({ words, articles: this.count([words]) }))
      .filter((way) => way.articles)
      .sort(common);
  }

  chains(words) {
    const options = words.map((word) => this.options(word));
    let chains = options[0];
    for (const option of options.slice(1)) {
      const pairs = new Set();
      for (const chain of chains) for (const one of option) pairs.add(`${chain.words.at(-1)}_${one.words[0]}`);
      const known = this.knownPairs([...pairs]);
      const longer = [];
      for (const chain of chains) {
        for (const one of option) {
          const articles = known.get(`${chain.words.at(-1)}_${one.words[0]}`);
          if (articles) {
            longer.push({ words: [...chain.words, one.words[0]], articles: Math.min(chain.articles, articles) });
          }
        }
      }
      chains = longer.sort(common).slice(0, 4 * MOST_CHAINS);
    }
    return chains;
  }

  options({ text, free }) {
    const rows = this.ask(
      "select printed, articles from articles_fts_by_date_syllables where folded = ?1 " +
        (free ? "" : "and printed = ?2 ") + "order by articles desc",
      free ? [bare(text)] : [bare(text), text],
    );
    return rows.map(([printed, articles]) => ({ words: [printed], articles }));
  }

  // Those of these pairs that are printed anywhere, each with its articles. The frequent ones are
  // in a table; of the others the index is asked, whose lists are short.
  knownPairs(pairs) {
    const known = new Map();
    for (const [table, name, count] of [
      ["articles_fts_by_date_common", "pair", "articles"], ["articles_fts_by_date_terms", "term", "doc"],
    ]) {
      const wanted = pairs.filter((pair) => !known.has(pair));
      if (!wanted.length) break;
      const marks = wanted.map(() => "?").join(", ");
      for (const [pair, articles] of this.ask(
        `select ${name}, ${count} from ${table} where ${name} in (${marks})`, wanted,
      )) {
        known.set(pair, articles);
      }
    }
    return known;
  }

  count(phrases) {
    if (phrases.length === 1 && phrases[0].length === 2) {
      return this.knownPairs(pairsOf(phrases[0])).get(pairsOf(phrases[0])[0]) ?? 0;
    }
    if (phrases.length === 1 && phrases[0].length === 1) {
      return this.options({ text: phrases[0][0], free: false })[0]?.articles ?? 0;
    }
    const { sql, values } = phraseRows(phrases);
    return this.ask(`select count(*) from (${sql})`, values)[0][0];
  }

  // The fewest phrases that articles print, of equally many the commonest; a word may be alone.
  pieces(words) {
    const printed = new Map();
    const key = (at, size) => `${at} ${size}`;
    for (let size = 2; size <= LONGEST_PIECE; size++) {
      for (let at = 0; at + size <= words.length; at++) {
        if (size === 2 || (printed.get(key(at, size - 1)) && printed.get(key(at + 1, size - 1)))) {
          printed.set(key(at, size), this.readings(words.slice(at, at + size))[0]);
        }
      }
    }
    const best = [{ count: 0, weight: 0, parts: [] }];
    for (let end = 1; end <= words.length; end++) {
      const last = best[end - 1];
      let choice = { count: last.count + 1, weight: last.weight, parts: [...last.parts, [words[end - 1]]] };
      for (let size = 2; size <= Math.min(LONGEST_PIECE, end); size++) {
        const way = printed.get(key(end - size, size));
        if (!way) continue;
        const before = best[end - size];
        const piece = way.words.map((text) => ({ text, free: false }));
        const other = {
          count: before.count + 1, weight: before.weight - Math.log(way.articles), parts: [...before.parts, piece],
        };
        if (other.count < choice.count || (other.count === choice.count && other.weight < choice.weight)) choice = other;
      }
      best.push(choice);
    }
    return best.at(-1).parts;
  }
}

// The rows that print any of these phrases, as SQL.
export function phraseRows(phrases) {
  const long = phrases.filter((words) => words.length > 1).map((words) => `"${pairsOf(words).join(" ")}"`);
  const short = phrases.filter((words) => words.length === 1).map((words) => `"${words[0]}"`);
  const parts = [];
  const values = [];
  for (const [table, matches] of [[PAIRS, long], [WORDS, short]]) {
    if (matches.length) {
      parts.push(`select rowid from ${table} where ${table} match ?`);
      values.push(matches.join(" OR "));
    }
  }
  return parts.length ? { sql: parts.join(" union "), values } : NOTHING;
}

const NOTHING = { sql: "select rowid from articles where 0", values: [] };

// The rows that hold each of these words somewhere.
function wordRows(words) {
  if (!words.length) return NOTHING;
  const tokens = [...new Set(words.map(({ text, free }) => (free ? `_${bare(text)}` : text)))].sort();
  return {
    sql: `select rowid from ${WORDS} where ${WORDS} match ?`,
    values: [tokens.map((token) => `"${token}"`).join(" AND ")],
  };
}

function pieceRows(meant) {
  if (!meant.pieces.length || meant.run.quoted) return phraseRows(meant.phrases);
  return joined("intersect", meant.pieces.map((piece) =>
    piece.length > 1 ? phraseRows([piece.map((word) => word.text)]) : wordRows(piece)));
}

function joined(how, parts) {
  if (parts.length === 1) return parts[0];
  return {
    sql: parts.map(({ sql }) => `select rowid from (${sql})`).join(` ${how} `),
    values: parts.flatMap(({ values }) => values),
  };
}

// The kinds of hits in their order, each as SQL for its rows; each article is in one kind only.
export function sections(understood) {
  const { groups, excluded } = understood;
  const runs = groups.flat();
  const kinds = [["phrase", (meant) => phraseRows(meant.phrases)]];
  if (runs.some((meant) => meant.others.length)) {
    kinds.push(["other", (meant) => phraseRows([...meant.phrases, ...meant.others])]);
  }
  if (runs.some((meant) => meant.pieces.length)) kinds.push(["pieces", pieceRows]);
  kinds.push(["words", (meant) => (meant.run.quoted ? phraseRows(meant.phrases) : wordRows(meant.words))]);
  const earlier = excluded.map(phraseRows);
  const found = [];
  for (const [kind, rowsOf] of kinds) {
    const hits = joined("intersect", groups.map((group) => joined("union", group.map(rowsOf))));
    found.push({ kind, ...(earlier.length ? joined("except", [hits, ...earlier]) : hits) });
    earlier.push(hits);
  }
  return found;
}
