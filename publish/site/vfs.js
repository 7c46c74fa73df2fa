// SQLite over a RangedFile: a VFS that only reads.

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
          } catch {
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
