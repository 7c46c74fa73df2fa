// Phrases of titles and summaries out of the index of pairs, in which these stand before the text: the place
// of a pair tells what it is in. crawler/dump/phrase_index.py writes it.

export const PAIRS = "articles_fts_by_date_pairs";
// Of one pair after the other, where it stands in which row.
export const CREATE_PLACES = `create virtual table temp.places using fts5vocab(main, ${PAIRS}, instance)`;
const FIND = `select doc, group_concat("offset") from temp.places where term = ? and "offset" < ? group by doc`;

export class Heads {
  // `title`, `summary`: how many pairs those of each row have, the first row's first.
  constructor(ask, { title, summary }) {
    Object.assign(this, { ask, title, summary });
    this.places = new Map(); // of each pair: in which rows, and there where
    this.reach = title.reduce((most, pairs, at) => Math.max(most, pairs + summary[at]), 0) + 1;
  }

  // The rows of which this part, `title` or `summary`, has the pairs of one of these phrases in a row.
  async rows(phrases, part) {
    const wanted = [...new Set(phrases.flat())].filter((pair) => !this.places.has(pair));
    const found = await this.ask(wanted.map((pair) => [FIND, [pair, this.reach]]));
    wanted.forEach((pair, at) => this.places.set(pair, new Map(
      found[at].map(([row, offsets]) => [row, new Set(String(offsets).split(",").map(Number))]))));
    return phrases.flatMap((pairs) => this.standing(pairs, part));
  }

  standing([first, ...rest], part) {
    const places = rest.map((pair) => this.places.get(pair));
    return [...this.places.get(first)].filter(([row, offsets]) => {
      // A sign parts the summary from the title.
      const begin = part === "title" ? 0 : this.title[row - 1] && this.title[row - 1] + 1;
      const last = begin + this[part][row - 1] - rest.length - 1;
      return [...offsets].some((at) => at >= begin && at <= last
        && places.every((there, i) => there.get(row)?.has(at + i + 1)));
    }).map(([row]) => row);
  }
}
