// A file on a web server, read in parts. What was read is kept; who reads on is given more at once.

const BLOCK = 16 * 1024; // what one look costs: four pages of a dump
const MOST = 1024 * 1024; // what is asked for at once when somebody reads on and on
const KEPT = 4096; // blocks

export class RangedFile {
  // `parts` follow each other and are `part` bytes long, but the last.
  constructor(base, { size, part, parts }) {
    this.size = size;
    this.bytes = 0;
    this.requests = 0;
    this.urls = parts.map((name) => new URL(name, base).href);
    this.part = part;
    this.blocks = new Map();
    this.whole = new Map(); // parts that a server without ranges sent at once
    this.next = -1;
    this.much = 1;
  }

  read(target, offset) {
    const end = Math.min(offset + target.length, this.size);
    for (let at = offset; at < end; ) {
      const number = Math.floor(at / BLOCK);
      const block = this.block(number);
      const from = at - number * BLOCK;
      const some = block.subarray(from, Math.min(block.length, from + end - at));
      target.set(some, at - offset);
      at += some.length;
    }
    target.fill(0, Math.max(0, end - offset));
    return end - offset === target.length;
  }

  block(number) {
    const known = this.blocks.get(number);
    if (known) return known;
    this.much = number === this.next ? Math.min(this.much * 2, MOST / BLOCK) : 1;
    let count = 1;
    const perPart = this.part / BLOCK;
    const last = Math.min(Math.ceil(this.size / BLOCK), (Math.floor(number / perPart) + 1) * perPart);
    while (count < this.much && number + count < last && !this.blocks.has(number + count)) count++;
    this.next = number + count;
    const bytes = this.fetched(number * BLOCK, Math.min((number + count) * BLOCK, this.size));
    if (this.blocks.size > KEPT) this.blocks.clear();
    for (let i = 0; i < count; i++) {
      this.blocks.set(number + i, bytes.subarray(i * BLOCK, (i + 1) * BLOCK));
    }
    return this.blocks.get(number);
  }

  fetched(first, end) {
    const index = Math.floor(first / this.part);
    const from = first - index * this.part;
    const to = end - index * this.part;
    if (this.whole.has(index)) return this.whole.get(index).subarray(from, to);
    const request = new XMLHttpRequest();
    request.open("GET", this.urls[index], false); // SQLite cannot wait: this is a worker
    request.responseType = "arraybuffer";
    request.setRequestHeader("Range", `bytes=${from}-${to - 1}`);
    request.send();
    const bytes = new Uint8Array(request.response ?? 0);
    this.requests += 1;
    this.bytes += bytes.length;
    if (request.status === 206 && bytes.length === to - from) return bytes;
    if (request.status === 200) {
      this.whole.set(index, bytes);
      return bytes.subarray(from, to);
    }
    throw new Error(`${this.urls[index]}: HTTP ${request.status}`);
  }
}

// Lets SQLite open `file` under any name by the VFS `http`. Nothing is ever written.
export function installVfs(sqlite3, file) {
  const { capi, wasm } = sqlite3;
  const standard = new capi.sqlite3_vfs(capi.sqlite3_vfs_find(null));
  const vfs = new capi.sqlite3_vfs();
  const io = new capi.sqlite3_io_methods();
  vfs.$iVersion = 1;
  vfs.$szOsFile = capi.sqlite3_file.structInfo.sizeof;
  vfs.$mxPathname = 512;
  for (const name of ["$xRandomness", "$xSleep", "$xCurrentTime"]) vfs[name] = standard[name];
  io.$iVersion = 1;
  const ok = () => 0;
  const refused = () => capi.SQLITE_READONLY;
  sqlite3.vfs.installVfs({
    io: {
      struct: io,
      methods: {
        xClose: ok, xLock: ok, xUnlock: ok, xSync: ok, xWrite: refused, xTruncate: refused,
        xRead(_file, target, much, offset) {
          try {
            const heap = wasm.heap8u();
            const room = new Uint8Array(much);
            const whole = file.read(room, Number(offset));
            heap.set(room, Number(target));
            return whole ? 0 : capi.SQLITE_IOERR_SHORT_READ;
          } catch (error) {
            file.failure = error;
            return capi.SQLITE_IOERR_READ;
          }
        },
        xFileSize(_file, target) {
          wasm.poke(target, BigInt(file.size), "i64");
          return 0;
        },
        xCheckReservedLock(_file, target) {
          wasm.poke(target, 0, "i32");
          return 0;
        },
        xFileControl: () => capi.SQLITE_NOTFOUND,
        xSectorSize: () => 4096,
        xDeviceCharacteristics: () => capi.SQLITE_IOCAP_IMMUTABLE,
      },
    },
    vfs: {
      struct: vfs,
      name: "http",
      methods: {
        xOpen(_vfs, _name, opened, _flags, told) {
          const handle = new capi.sqlite3_file(opened);
          handle.$pMethods = io.pointer;
          handle.dispose();
          if (told) wasm.poke(told, capi.SQLITE_OPEN_READONLY, "i32");
          return 0;
        },
        xAccess(_vfs, _name, _flags, told) {
          wasm.poke(told, 0, "i32"); // neither a journal nor a log
          return 0;
        },
        xDelete: refused,
        xFullPathname(_vfs, name, size, target) {
          return wasm.cstrncpy(target, name, size) < size ? 0 : capi.SQLITE_CANTOPEN;
        },
        xGetLastError: ok,
      },
    },
  });
}
