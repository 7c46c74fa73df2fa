// From a question to rows: publish/desk/queries/search.py, in the browser. The phrase as it is meant
// comes first, then its other writing, its pieces, its words close together, its words apart.

export const PAGE = 20;

const some = (hits) => hits.some(Boolean);
const mayPart = (meant) => meant.words.length > 1 && !meant.run.quoted && !meant.pieces.length;
const count = (hits) => hits.reduce((sum, hit) => sum + hit, 0);

function both(lists) {
  const [first, ...rest] = lists.map((rows) => new Set(rows));
  return [...first].filter((row) => rest.every((rows) => rows.has(row)));
}

export class Source {
  constructor({ asked, question, index, meaning, columns, portals }) {
    Object.assign(this, { asked, question, index, meaning, columns });
    this.left = columns.narrowed(question.filters, portals);
  }

  // A page of hits, how many there are of the best kind, and by what they could be narrowed.
  async page(places) {
    const [first, last] = [(this.question.page - 1) * PAGE, this.question.page * PAGE];
    const shown = [];
    let head = null;
    let passed = 0;
    for await (const [kind, hits] of this.sections()) {
      head ??= { kind, hits };
      const many = count(hits);
      if (passed > last) break;
      const part = (await this.ordered(hits, kind)).slice(Math.max(0, first - passed), Math.max(0, last - passed));
      if (part.length) shown.push({ kind, count: many, rows: part.map((at) => this.columns.rows[at]) });
      passed += many;
      if (passed > last) break;
    }
    return {
      sections: shown, kind: head?.kind ?? "", total: head ? count(head.hits) : 0, more: passed > last,
      tallies: head ? this.columns.facets(head.hits, places, this.question.filters) : {},
    };
  }

  // Those that are not empty, the closest first; each article is in one of them only.
  async *sections() {
    const left = this.left.slice();
    const without = (hits) => hits.forEach((hit, at) => hit && (left[at] = 0));
    for (const meant of this.meaning.excluded) without(this.columns.mask(await this.printed(meant)));
    for await (const [kind, found] of this.kinds()) {
      const hits = found.map((hit, at) => hit & left[at]);
      if (!some(hits)) continue;
      without(hits);
      yield [kind, hits];
    }
  }

  async *kinds() {
    const { asked, index, question } = this;
    const runs = this.meaning.groups.flat();
    if (!asked.groups.length) {
      if (asked.excluded.length || !question.q) yield ["all", new Uint8Array(this.columns.length).fill(1)];
      return;
    }
    if (question.place === "tieude") {
      yield ["title", await this.each((meant) => this.inPart(meant, "title", []))];
      if (runs.some((meant) => meant.others.length)) {
        yield ["title_other", await this.each((meant) => this.inPart(meant, "title", meant.others))];
      }
      if (!runs.every((meant) => meant.run.quoted)) {
        yield ["title_words", await this.each((meant) =>
          (meant.run.quoted ? this.inPart(meant, "title", []) : index.inTitle(meant.words)))];
      }
      return;
    }
    if (question.place !== "chu") {
      yield ["phrase", await this.each((meant) => this.printed(meant))];
      if (runs.some((meant) => meant.others.length)) {
        yield ["other", await this.each(async (meant) => [...await this.printed(meant), ...await index.phrases(meant.others)])];
      }
      if (runs.some((meant) => meant.pieces.length)) yield ["pieces", await this.each((meant) => this.inPieces(meant))];
      if (runs.some(mayPart)) yield ["near", await this.each((meant) => this.near(meant))];
    }
    yield ["words", await this.each((meant) => this.apart(meant))];
  }

  // The articles that hold one run of every group.
  async each(rowsOf) {
    const hits = new Uint8Array(this.columns.length).fill(1);
    for (const group of this.meaning.groups) {
      const one = new Uint8Array(hits.length);
      for (const rows of await Promise.all(group.map(rowsOf))) {
        this.columns.mask(rows).forEach((hit, at) => (one[at] |= hit));
      }
      hits.forEach((hit, at) => (hits[at] = hit & one[at]));
      if (!some(hits)) break;
    }
    return hits;
  }

  // The articles that print a run as it is meant.
  printed(meant) {
    return meant.free ? this.index.anyhow(meant.words) : this.index.phrases(meant.phrases);
  }

  async inPart(meant, part, others) {
    const hits = await this.index.inPart([...meant.phrases, ...others], part);
    return meant.free ? [...hits, ...await this.index.anyhowInPart(meant.words, part)] : hits;
  }

  async inPieces(meant) {
    if (!meant.pieces.length || meant.run.quoted) return this.printed(meant);
    return both(await Promise.all(meant.pieces.map((piece) =>
      piece.length > 1 ? this.index.phrases([piece.map((word) => word.text)]) : this.index.allWords(piece))));
  }

  async near(meant) {
    const { words } = meant;
    if (!mayPart(meant)) return this.inPieces(meant);
    if (words.length === 2) return this.index.near(words);
    // Words of which two follow each other are about it; no index is asked for distances.
    const partly = await Promise.all(words.slice(1).map((word, at) => this.index.inARow([words[at], word])));
    if (!partly.some((rows) => rows.length)) return [];
    return both([await this.index.allWords(words), partly.flat()]);
  }

  apart(meant) {
    return meant.run.quoted ? this.printed(meant) : this.index.allWords(meant.words);
  }

  // Newest first, or those first that say it in their title, then in their summary.
  async ordered(hits, kind) {
    const places = [];
    hits.forEach((hit, at) => hit && places.push(at));
    if (this.question.order !== "sat" || !this.asked.groups.length) return places;
    const score = new Uint8Array(hits.length);
    const add = (found, worth) => found.forEach((hit, at) => hit && (score[at] += worth));
    for (const [part, worth] of [["title", 2], ["summary", 1]]) {
      add(await this.each((meant) => this.inPart(meant, part, meant.others)), worth);
    }
    if (kind === "words") add(await this.each((meant) => this.index.inTitle(meant.words)), 2);
    return places.sort((a, b) => score[b] - score[a]);
  }
}
