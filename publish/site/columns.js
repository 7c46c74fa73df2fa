// By what hits are narrowed and counted, in memory: crawler/dump/site_columns.py wrote it, and
// publish/desk/queries/columns.py and facets.py say what it means.

const MOST_SECTIONS = 15;
const MOST_AUTHORS = 12;
const MOST_PORTALS = 30;

// The columns of articles and of documents out of a file of them, the authors' names, and how many pairs of
// syllables the title and the summary of an article have: so far they reach in the index of pairs.
export async function readColumns(answer) {
  let bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) { // else the host said that it is compressed
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    bytes = new Uint8Array(await new Response(plain).arrayBuffer());
  }
  const line = bytes.indexOf(10);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, line)));
  let at = line + 1;
  const taken = (Kind, count) => {
    const column = new Kind(bytes.slice(at, at + count * Kind.BYTES_PER_ELEMENT).buffer);
    at += count * Kind.BYTES_PER_ELEMENT;
    return column;
  };
  const read = (said) => new Columns(said, {
    rows: said.numbered ? taken(Float64Array, said.count) : Uint32Array.from({ length: said.count }, (_, at) => at + 1),
    month: taken(Uint32Array, said.count), author: taken(Uint32Array, said.authored),
    portal: taken(Uint16Array, said.count), section: taken(Uint16Array, said.count), counts: taken(Uint16Array, said.count),
  });
  const [articles, files] = [read(head.articles), read(head.files)];
  const heads = { title: taken(Uint16Array, articles.length), summary: taken(Uint16Array, articles.length) };
  return { articles, files, heads, names: head.names };
}

class Columns {
  constructor({ count, portals, sections, authors, numbered }, columns) {
    Object.assign(this, columns, { length: count, portals, sections, authors });
    this.places = numbered ? new Map(Array.from(this.rows, (row, at) => [row, at])) : null;
  }

  // One entry an article: whether it is among these rows.
  mask(rows) {
    const found = new Uint8Array(this.length);
    for (const row of rows) {
      const at = this.places ? this.places.get(row) : row - 1;
      if (at >= 0 && at < this.length) found[at] = 1;
    }
    return found;
  }

  // The articles that the filters leave.
  narrowed(filters, portals) {
    const left = new Uint8Array(this.length).fill(1);
    const keep = (test) => {
      for (let at = 0; at < left.length; at++) if (!test(at)) left[at] = 0;
    };
    if (portals) {
      const codes = new Set(this.portals.flatMap((name, code) => (portals.has(name) ? [code] : [])));
      keep((at) => codes.has(this.portal[at]));
    }
    if (filters.thang) keep((at) => this.month[at] === Number(filters.thang.replace("-", "")));
    else if (filters.nam) keep((at) => Math.floor(this.month[at] / 100) === Number(filters.nam));
    if (filters.chuyenmuc) {
      const code = this.sections.indexOf(filters.chuyenmuc) + 1;
      keep((at) => code > 0 && this.section[at] === code);
    }
    if (filters.tacgia) {
      const code = this.authors.indexOf(Number(filters.tacgia));
      const named = new Uint8Array(this.length);
      this.eachAuthor((at, one) => (named[at] ||= Number(one === code)));
      keep((at) => named[at]);
    }
    return left;
  }

  eachAuthor(tell) {
    for (let at = 0, next = 0; at < this.length; at++) {
      for (const end = next + this.counts[at]; next < end; next++) tell(at, this.author[next]);
    }
  }

  // How many of the hits each province, portal, year, month, section and author has.
  facets(hits, places, filters) {
    const portal = new Array(this.portals.length).fill(0);
    const section = new Array(this.sections.length + 1).fill(0);
    const author = new Array(this.authors.length).fill(0);
    const months = new Map();
    for (let at = 0; at < hits.length; at++) {
      if (!hits[at]) continue;
      portal[this.portal[at]] += 1;
      section[this.section[at]] += 1;
      if (this.month[at]) months.set(this.month[at], (months.get(this.month[at]) ?? 0) + 1);
    }
    this.eachAuthor((at, one) => (author[one] += hits[at]));
    const portals = this.portals.map((name, code) => [name, portal[code]]).filter(([, count]) => count);
    const present = new Map();
    const former = new Map();
    for (const [name, count] of portals) {
      const place = places.get(name);
      if (!place) continue;
      present.set(place.present, (present.get(place.present) ?? 0) + count);
      former.set(place.province, (former.get(place.province) ?? 0) + count);
    }
    const years = new Map();
    for (const [month, count] of months) {
      const year = Math.floor(month / 100);
      years.set(year, (years.get(year) ?? 0) + count);
    }
    const common = (pairs, most) => [...pairs].sort((a, b) => b[1] - a[1]).slice(0, most);
    const wide = (value, much) => String(value).padStart(much, "0");
    return {
      tinh: common(present),
      tinh_cu: filters.tinh ? common(former) : [],
      cong: filters.tinh || filters.tinh_cu ? common(portals, MOST_PORTALS) : [],
      nam: [...years].sort((a, b) => b[0] - a[0]).map(([year, count]) => [wide(year, 4), count]),
      thang: filters.nam
        ? [...months].filter(([month]) => month % 100).sort((a, b) => a[0] - b[0])
          .map(([month, count]) => [`${wide(Math.floor(month / 100), 4)}-${wide(month % 100, 2)}`, count])
        : [],
      chuyenmuc: section.map((count, code) => [this.sections[code - 1], count]).filter(([name, count]) => name && count)
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_SECTIONS),
      tacgia: common(author.map((count, code) => [String(this.authors[code]), count]).filter(([, count]) => count), MOST_AUTHORS),
    };
  }
}
