// What the indexes are asked: publish/desk/queries/plain_index.py and pair_index.py, in the browser. A row is a number; the
// rows of an answer come as an array. `ask([[sql, values], …])` answers several questions at once.

import { accented, bare, canonical, composed, printings, spellings } from "./words.js";
import { PAIRS } from "./heads.js";
import { speltPattern } from "./patterns.js";

const WORDS = "articles_fts_by_date";
const CLOSE = 10; // words between words that stand close together
const MOST_READINGS = 5;
const MOST_CHAINS = 64;
const MOST_WAYS = 64; // of a phrase with whatever accents
const MOST_SPELLINGS = 64;
const SAMPLE = 300; // documents whose print is looked at
const NEVER = []; // rows

const quoted = (...words) => `"${words.join(" ")}"`;
const pairsOf = (words) => words.slice(1).map((word, i) => `${words[i]}_${word}`);
const isBare = ({ words }) => words.every((word) => bare(word) === word);
// Of equally many what has accents comes first.
const byName = (a, b) => isBare(a) - isBare(b) || (a.words.join(" ") < b.words.join(" ") ? -1 : 1);
const sorted = (readings) =>
  readings.filter((one) => one.articles).sort((a, b) => b.articles - a.articles || byName(a, b));
const marks = (values) => values.map(() => "?").join(", ");

// One of each, in every combination, the last changing first; some of them.
function product(options, most) {
  let found = [[]];
  for (const option of options) found = found.flatMap((way) => option.map((one) => [...way, one])).slice(0, most);
  return found;
}

const inSpellings = (words) => product(words.map(printings), MOST_SPELLINGS);

function printed(phrases, part) {
  const found = phrases.flatMap(inSpellings).map((words) => quoted(...words));
  return found.length ? `${part} : (${found.join(" OR ")})` : "";
}

const union = (lists) => [...new Set(lists.flat())];

// Any index with the print and the text without accents: documents, and titles of articles.
export class PlainIndex {
  table = "articles_fts";
  printed = "{title summary text byline}";

  constructor(ask) {
    this.ask = ask;
    this.known = new Map(); // a question asks for some rows twice
  }

  // The rows of several matches; `ahead`: terms whose lists a match will read, fetched beside it.
  async rows(matches, table = this.table, ahead = []) {
    const wanted = [...new Set(matches)].filter((match) => match && !this.known.has(`${table} ${match}`));
    const sql = `select group_concat(rowid) from ${table} where ${table} match ?`;
    const found = wanted.length ? await this.ask([
      ...wanted.map((match) => [sql, [match]]),
      ...ahead.map((term) => [`select rowid from ${table} where ${table} match ? limit 1`, [quoted(term)]]),
    ]) : [];
    wanted.forEach((match, at) => {
      const text = found[at][0][0];
      this.known.set(`${table} ${match}`, text ? text.split(",").map(Number) : NEVER);
    });
    return matches.map((match) => (match ? this.known.get(`${table} ${match}`) : NEVER));
  }

  // The rows that print any of these.
  async phrases(phrases) {
    return (await this.rows([printed(phrases, this.printed)]))[0];
  }

  // In how many each of these is printed.
  async counts(phrases) {
    const found = await this.rows(phrases.map((words) => printed([words], this.printed)));
    return found.map((rows) => rows.length);
  }

  titlePart = "title";
  secondPart = "summary";

  async inPart(phrases, part) {
    return (await this.rows([printed(phrases, part === "title" ? this.titlePart : this.secondPart)]))[0];
  }

  async allWords(words) {
    const match = words.map(({ text, free }) => {
      const ways = (free ? spellings(bare(text)) : printings(text)).map((way) => quoted(way));
      return `(${free ? "search_text" : this.printed} : (${ways.join(" OR ")}))`;
    });
    return (await this.rows([match.join(" AND ")]))[0];
  }

  // Those in which all words stand within a few of each other.
  async near(words) {
    const free = words.some((word) => word.free);
    const column = free ? "search_text" : this.printed;
    const options = words.map(({ text }) => (free ? spellings(bare(text)) : printings(text)));
    const ways = product(options, MOST_SPELLINGS)
      .map((chosen) => `${column} : NEAR(${chosen.map((word) => quoted(word)).join(" ")}, ${CLOSE})`);
    return (await this.rows([ways.join(" OR ")]))[0];
  }

  async inARow(words) {
    if (!words.some((word) => word.free)) return this.phrases([words.map((word) => word.text)]);
    const [best] = await this.readings(words);
    return best ? this.phrases([best.words]) : NEVER;
  }

  // Those that print these words in a row, with whatever accents.
  async anyhow(words) {
    return words.length === 1 ? this.allWords(words) : this.phrases(await this.ways(words));
  }

  async anyhowInPart(words, part) {
    return this.inPart(await this.ways(words), part);
  }

  // How these words may be printed, with whatever accents.
  async ways(words) {
    if (words.length === 1) return accented(bare(words[0].text)).map((way) => [way]);
    return (await this.readings(words, MOST_WAYS)).map((one) => one.words);
  }

  async inTitle(words) {
    const parts = await Promise.all(words.map(async (word) => {
      const ways = word.free ? (await this.ways([word])).flat() : [word.text];
      const spelt = ways.flatMap(printings).map((way) => quoted(way));
      return spelt.length ? `(${spelt.join(" OR ")})` : quoted(word.text);
    }));
    return (await this.rows([`title : (${parts.join(" AND ")})`]))[0];
  }
}

// Documents, by the rules that hold for articles; what a sample prints says how words are printed.
export class FileIndex extends PlainIndex {
  table = "files_fts";
  printed = "{title name text}";
  titlePart = "{title name}";
  secondPart = "title";

  async readings(words, most = MOST_READINGS) {
    const match = product(words.map(({ text }) => spellings(bare(text))), MOST_SPELLINGS)
      .map((chosen) => `search_text : ${quoted(...chosen)}`).join(" OR ");
    const [numbers] = await this.ask([["select rowid from files_fts where files_fts match ? limit ?", [match, SAMPLE]]]);
    const texts = await this.ask(numbers.map(([row]) => [
      "select coalesce(title, '') || char(10) || coalesce(name, '') || char(10) || coalesce(text, '') " +
        "from files where number = ?", [row],
    ]));
    const pattern = new RegExp(speltPattern(words), "gu");
    const seen = new Map();
    for (const [[text]] of texts) {
      const ways = new Set();
      for (const [hit] of composed(text).toLowerCase().matchAll(pattern)) {
        ways.add(hit.match(/[\p{L}\p{N}]+/gu).map(canonical).join(" "));
      }
      for (const way of ways) seen.set(way, (seen.get(way) ?? 0) + 1);
    }
    const likely = sorted([...seen].map(([way, articles]) => ({ words: way.split(" "), articles })))
      .map((way) => way.words).filter((way) => way.length === words.length).slice(0, most);
    const counts = await this.counts(likely);
    return sorted(likely.map((way, at) => ({ words: way, articles: counts[at] })));
  }
}

// Articles: syllables in pairs, and each syllable with and without its accents.
export class PairIndex extends PlainIndex {
  // `heads`: what titles and summaries say (heads.js).
  constructor(ask, heads) {
    super(ask);
    this.heads = heads;
  }

  // The index of titles, whose lists are those of whole texts, is asked for single syllables alone.
  async inPart(phrases, part) {
    return union(await Promise.all([
      super.inPart(phrases.filter((words) => words.length === 1), part),
      this.heads.rows(phrases.filter((words) => words.length > 1).map(pairsOf), part),
    ]));
  }

  async phrases(phrases) {
    const long = phrases.filter((words) => words.length > 1);
    const short = phrases.filter((words) => words.length === 1);
    const found = await Promise.all([
      long.length ? this.rows([long.map((words) => quoted(...pairsOf(words))).join(" OR ")], PAIRS, long.flatMap(pairsOf)) : [NEVER],
      short.length ? this.rows([short.map((words) => quoted(...words)).join(" OR ")], WORDS) : [NEVER],
    ]);
    return union(found.flat());
  }

  async counts(phrases) {
    const found = await this.rows(phrases.map((words) => quoted(...pairsOf(words))), PAIRS, [...new Set(phrases.flatMap(pairsOf))]);
    return found.map((rows) => rows.length);
  }

  async allWords(words) {
    const tokens = [...new Set(words.map(({ text, free }) => (free ? `_${bare(text)}` : text)))].sort();
    return (await this.rows([tokens.map((token) => quoted(token)).join(" AND ")], WORDS, tokens.length > 1 ? tokens : []))[0];
  }

  async anyhow(words) {
    if (words.length === 1) return this.allWords(words);
    const names = (await this.ways(words)).map((way) => quoted(...pairsOf(way)));
    return (await this.rows([names.join(" OR ")], PAIRS))[0];
  }

  async ways(words) {
    return (await this.chains(words)).map((chain) => chain.words);
  }

  // How articles print these words in a row, the commonest first.
  async readings(words) {
    const chains = await this.chains(words);
    if (words.length < 3) return sorted(chains).slice(0, MOST_READINGS);
    // A chain of pairs that are all printed somewhere need not be printed anywhere.
    const likely = sorted(chains).slice(0, MOST_CHAINS);
    const first = await this.counted(likely.slice(0, MOST_READINGS));
    return first.length ? first : this.counted(likely.slice(MOST_READINGS));
  }

  async counted(chains) {
    const counts = await this.counts(chains.map(({ words }) => words));
    return sorted(chains.map(({ words }, at) => ({ words, articles: counts[at] })));
  }

  async chains(words) {
    const options = await this.options(words);
    // All pairs at once, also those no chain will come to: waiting costs more than reading.
    const pairs = options.slice(1).flatMap((option, at) =>
      options[at].flatMap((one) => option.map((two) => `${one.words[0]}_${two.words[0]}`)));
    const known = await this.knownPairs([...new Set(pairs)]);
    let chains = options[0];
    for (const option of options.slice(1)) {
      chains = sorted(chains.flatMap((chain) => option.flatMap((one) => {
        const articles = known.get(`${chain.words.at(-1)}_${one.words[0]}`);
        return articles ? [{ words: [...chain.words, one.words[0]], articles: Math.min(chain.articles, articles) }] : [];
      }))).slice(0, 4 * MOST_CHAINS);
    }
    return chains;
  }

  async options(words) {
    const found = await this.ask(words.map(({ text, free }) => [
      "select printed, articles from articles_fts_by_date_syllables where folded = ?1 " +
        (free ? "" : "and printed = ?2 ") + "order by articles desc",
      free ? [bare(text)] : [bare(text), text],
    ]));
    return found.map((rows) => rows.map(([word, articles]) => ({ words: [word], articles })));
  }

  // Those of these pairs that are printed anywhere, each with its articles. The frequent ones are
  // in a table; of the others the index is asked, whose lists are short.
  async knownPairs(pairs) {
    const known = new Map();
    for (const [table, name, count] of [
      ["articles_fts_by_date_common", "pair", "articles"], ["articles_fts_by_date_terms", "term", "doc"],
    ]) {
      const wanted = pairs.filter((pair) => !known.has(pair)).sort();
      const some = Array.from({ length: Math.ceil(wanted.length / 4) }, (_, at) => wanted.slice(at * 4, at * 4 + 4));
      const found = await this.ask(some.map((part) =>
        [`select ${name}, ${count} from ${table} where ${name} in (${marks(part)})`, part]));
      for (const [pair, articles] of found.flat()) known.set(pair, articles);
    }
    return known;
  }
}
