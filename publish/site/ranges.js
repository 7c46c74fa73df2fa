// A file on a web server, read in parts. SQLite cannot wait: what it misses is noted, all that several
// questions miss is fetched at once, and they are asked again.

const BLOCK = 16 * 1024; // what one look costs: four pages of a dump
const MOST = 1024 * 1024; // what is asked for at once when somebody reads on and on
const KEPT = 6144; // blocks
const GAP = 2; // blocks between two that are wanted, which cost less than another request

export class RangedFile {
  // `parts` follow each other and are `part` bytes long, but the last.
  constructor(base, { size, part, parts }) {
    this.size = size;
    this.bytes = 0;
    this.requests = 0;
    this.rounds = 0; // how often a reader waited for the next answers
    this.urls = parts.map((name) => new URL(name, base).href);
    this.part = part;
    this.blocks = new Map();
    this.coming = new Map(); // blocks that were asked for
    this.whole = new Map(); // parts that a server without ranges sent at once
    this.absent = null;
  }

  // What each of these functions gives, which read this file by SQLite.
  async together(tasks) {
    if (this.blocks.size > KEPT) this.blocks.clear();
    const answers = new Array(tasks.length);
    let left = tasks.map((run, at) => ({ run, at, streams: new Map() }));
    while (left.length) {
      const missing = new Set();
      const again = [];
      for (const task of left) {
        this.absent = null;
        try {
          answers[task.at] = task.run();
        } catch (error) {
          if (this.absent === null) throw error;
        }
        if (this.absent === null) continue;
        for (const number of this.wanted(task.streams, this.absent)) missing.add(number);
        again.push(task);
      }
      await this.fetched([...missing]);
      left = again;
    }
    return answers;
  }

  // The block, and more of those that follow each time when somebody reads on.
  wanted(streams, first) {
    const much = Math.min((streams.get(first) ?? 0.5) * 2, MOST / BLOCK);
    const found = [];
    for (let number = first; number < first + much && number * BLOCK < this.size; number++) {
      if (number > first && this.blocks.has(number)) break;
      found.push(number);
    }
    streams.delete(first);
    streams.set(first + found.length, much);
    return found;
  }

  // Fetch these blocks, if they are not here, at the same time.
  async fetched(numbers) {
    const absent = numbers.filter((number) => !this.blocks.has(number));
    const wanted = absent.filter((number) => !this.coming.has(number)).sort((a, b) => a - b);
    const perPart = this.part / BLOCK;
    const runs = [];
    for (const number of wanted) {
      const last = runs.at(-1);
      const samePart = last && Math.floor(last.first / perPart) === Math.floor(number / perPart);
      if (samePart && number - last.end <= GAP && number - last.first < MOST / BLOCK) last.end = number + 1;
      else runs.push({ first: number, end: number + 1 });
    }
    if (runs.length && !this.coming.size) this.rounds += 1;
    for (const run of runs) {
      const fetching = this.taken(run);
      for (let number = run.first; number < run.end; number++) this.coming.set(number, fetching);
    }
    await Promise.all(absent.map((number) => this.coming.get(number)));
  }

  async taken({ first, end }) {
    try {
      const bytes = await this.range(first * BLOCK, Math.min(end * BLOCK, this.size));
      for (let number = first; number < end; number++) {
        this.blocks.set(number, bytes.slice((number - first) * BLOCK, (number - first + 1) * BLOCK));
      }
    } finally {
      for (let number = first; number < end; number++) this.coming.delete(number);
    }
  }

  async range(first, end) {
    const index = Math.floor(first / this.part);
    const [from, to] = [first - index * this.part, end - index * this.part];
    if (!this.whole.has(index)) {
      // A browser's cache would have requests for one address wait for each other.
      const answer = await fetch(this.urls[index], { headers: { Range: `bytes=${from}-${to - 1}` }, cache: "no-store" });
      this.requests += 1;
      if (!answer.ok) throw new Error(`${this.urls[index]}: HTTP ${answer.status}`);
      if (answer.status === 206) {
        const bytes = await this.received(answer);
        if (bytes.length !== to - from) throw new Error(`${this.urls[index]}: ${bytes.length} bytes`);
        return bytes;
      }
      if (this.whole.has(index)) answer.body.cancel();
      else this.whole.set(index, this.received(answer));
    }
    return (await this.whole.get(index)).subarray(from, to);
  }

  async received(answer) {
    const bytes = new Uint8Array(await answer.arrayBuffer());
    this.bytes += bytes.length;
    return bytes;
  }

  // Fills `target`; false when the file ends before. Throws when something is not here yet.
  read(target, offset) {
    const end = Math.min(offset + target.length, this.size);
    for (let at = offset; at < end; ) {
      const number = Math.floor(at / BLOCK);
      const block = this.blocks.get(number);
      if (!block) {
        this.absent = number;
        throw new Error("not here yet");
      }
      const from = at - number * BLOCK;
      const some = block.subarray(from, Math.min(block.length, from + end - at));
      target.set(some, at - offset);
      at += some.length;
    }
    target.fill(0, Math.max(0, end - offset));
    return end - offset === target.length;
  }
}
