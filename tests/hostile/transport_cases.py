"""Bytes on the wire: sizes, times, lengths, codings, redirects."""

from __future__ import annotations

import gzip
import random
import zlib
from functools import lru_cache

import brotli
import zstandard

from tests.hostile.pages import LINES, TITLE, article
from tests.hostile.server import (
    Asked,
    Reply,
    drip,
    in_chunks,
    pour,
    redirect,
    reply,
    silence,
    torn,
)
from tests.hostile.world import Case, World

WHOLE = (TITLE, "\n".join(LINES))
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
BOMB = 128 * 2**20


@lru_cache(maxsize=8)
def bomb(coding: str) -> bytes:
    """Zeros, packed; a gigabyte takes no more room, only longer to make."""
    if coding == "gzip":
        return gzip.compress(bytes(BOMB), 1)
    if coding == "deflate":
        return zlib.compress(bytes(BOMB), 1)
    if coding == "gzip, gzip":
        return gzip.compress(bomb("gzip"))
    if coding == "br":
        return brotli.compress(bytes(BOMB), quality=3, lgwin=24)
    return zstandard.ZstdCompressor().compress(bytes(BOMB))


def packed(coding: str, body: bytes) -> bytes:
    for name in coding.split(", "):
        body = {
            "gzip": gzip.compress,
            "x-gzip": gzip.compress,
            "deflate": zlib.compress,
            "raw": lambda plain: zlib.compress(plain)[2:-4],
            "br": brotli.compress,
            "zstd": zstandard.ZstdCompressor().compress,
        }[name](body)
    return body


def _bomb(coding: str) -> Case:
    bomb(coding)  # before anybody waits for it
    slug = coding.replace(", ", "-trong-")
    return Case(
        f"bom-{slug}", "size", f"{coding} bomb: {BOMB // 2**20} MiB from a few kB",
        lambda world: reply(bomb(coding), Content_Encoding=coding), "too_large", requests=1,
    )  # fmt: skip


def _fine(name: str, does: str, said: bytes) -> Case:
    return Case(name, "transfer", does, lambda world: said, stored=WHOLE, requests=1)


def _coded(coding: str, header: str | None = None) -> Case:
    body = packed(coding, article().encode())
    return _fine(
        f"nen-dung-{(header or coding).replace(', ', '-')}-{len(coding)}",
        f"an article packed as {header or coding}" + (" without its envelope" * bool(header)),
        reply(body, Content_Encoding=header or coding),
    )


def _falsely_packed(world: World) -> Reply:
    def answer(asked: Asked) -> Reply:
        if asked.headers.get("accept-encoding") == "identity":
            return reply(article())
        return reply(article(), Content_Encoding="gzip")

    return answer


WORD = "<p>" + "chữ " * 20
NOISE = random.Random(6).randbytes(3 * 2**20).hex().encode()

CASES: list[Case] = [
    *map(_bomb, ("gzip", "gzip, gzip", "deflate", "br", "zstd")),
    Case("hua-mot-gib", "size", "promises 1 GiB", lambda w: OK + b"Content-Length: 1073741824\r\n\r\n<p>", "too_large", requests=1),
    Case("khuc-vo-tan", "size", "chunks without end", lambda w: pour(OK + b"Transfer-Encoding: chunked\r\n\r\n", in_chunks(WORD.encode() * 600)), "too_large", requests=1),
    Case("than-vo-tan", "size", "a body without length or end", lambda w: pour(OK + b"\r\n", WORD.encode() * 600), "too_large", requests=1),
    Case("chin-mib", "size", "9 MiB, as promised", lambda w: reply(bytes(9 * 2**20)), "too_large", requests=1),
    Case("bay-mib-chu", "size", "6 MiB of text on one line", lambda w: reply(article(inside=f"<p>{NOISE.decode()}</p>")), stored=(TITLE, ""), note="text_cut", requests=1, seconds=30),
    Case("dau-vo-tan", "size", "headers without end", lambda w: pour(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"a" * 500 + b"\r\n"), "headers_too_large", requests=1),
    _fine("dau-mot-dong", "one header of 200 kB", OK + b"X-A: " + b"a" * 200_000 + b"\r\n\r\n" + article().encode()),
    Case("tiep-tuc-vo-tan", "size", "`100 Continue` without end", lambda w: pour(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "headers_too_large", requests=1),
    Case("nho-giot", "time", "a byte every 0.2 s", lambda w: drip(OK + b"\r\n<p>", b"x", 0.2), "timeout"),
    Case("nho-giot-co-do-dai", "time", "a byte every 0.2 s of a promised body", lambda w: drip(OK + b"Content-Length: 5000\r\n\r\n", b"x", 0.2), "timeout"),
    Case("dau-nho-giot", "time", "a header every 0.2 s", lambda w: drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.2), "timeout"),
    Case("im-lang", "time", "says nothing at all", lambda w: silence, "timeout"),
    Case("dau-roi-im", "time", "headers, then silence", lambda w: drip(OK + b"Content-Length: 99\r\n\r\n", b"", 5), "timeout"),
    Case("cut-theo-do-dai", "length", "half of the promised length", lambda w: OK + b"Content-Length: 5000\r\n\r\n" + article().encode()[:900], "truncated"),
    Case("cut-khuc", "length", "chunks that break off", lambda w: OK + b"Transfer-Encoding: chunked\r\n\r\n" + in_chunks(article().encode()[:900]), "truncated"),
    Case("cut-giua-khuc", "length", "breaks off inside a chunk", lambda w: OK + b"Transfer-Encoding: chunked\r\n\r\n1000\r\n<p>", "truncated"),
    Case("dut-day", "length", "resets a body of known length", lambda w: torn(OK + b"Content-Length: 5000\r\n\r\n" + article().encode()[:900]), "truncated"),
    Case("dut-day-khong-do-dai", "length", "resets a body of unknown length", lambda w: torn(OK + b"\r\n" + article().encode()[:900]), "truncated"),
    Case("hai-do-dai", "length", "two lengths that differ", lambda w: OK + b"Content-Length: 50\r\nContent-Length: 5000\r\n\r\n<p>", "connection"),
    Case("do-dai-am", "length", "a negative length", lambda w: OK + b"Content-Length: -5\r\n\r\n<p>", "connection"),
    Case("do-dai-chu", "length", "a length that is no number", lambda w: OK + b"Content-Length: abc\r\n\r\n<p>x", "connection"),
    Case("khuc-sai", "length", "a chunk size that is no number", lambda w: OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n<p>", "truncated"),
    Case("khong-phai-http", "protocol", "speaks SSH", lambda w: b"SSH-2.0-OpenSSH_9.2\r\n", "connection"),
    Case("trang-thai-sai", "protocol", "a status line that is none", lambda w: b"HTTP/1.1 abc OK\r\n\r\n<p>x", "connection"),
    Case("khong-tra-loi", "protocol", "hangs up", lambda w: b"", "connection"),
    Case("khong-dau", "protocol", "a page without any header (HTTP/0.9)", lambda w: b"<html><body>" + article().encode(), "connection"),
    Case("nhi-phan", "protocol", "random bytes", lambda w: random.Random(1).randbytes(5000), "connection"),
    Case("gzip-gia", "coding", "calls plain text gzip, until asked for it as it is", _falsely_packed, stored=WHOLE),
    Case("gzip-gia-mai", "coding", "calls plain text gzip, always", lambda w: reply(article(), Content_Encoding="gzip"), stored=WHOLE),
    Case("gzip-rac", "coding", "calls garbage gzip", lambda w: reply(b"\x00\x01garbage" * 50, Content_Encoding="gzip"), "bad_encoding"),
    Case("ma-la", "coding", "an unknown coding", lambda w: reply(b"\x00\x01garbage" * 50, Content_Encoding="compress"), "bad_encoding"),
    Case("ma-nhieu-lop", "coding", "twenty codings inside one another", lambda w: reply(packed("gzip", article().encode()), Content_Encoding=", ".join(["gzip"] * 20)), "bad_encoding"),
    Case("gzip-cut", "coding", "gzip that breaks off", lambda w: reply(packed("gzip", article().encode())[:-40], Content_Encoding="gzip"), "truncated"),
    Case("br-cut", "coding", "br that breaks off", lambda w: reply(packed("br", article().encode())[:-40], Content_Encoding="br"), "truncated"),
    Case("zstd-cut", "coding", "zstd that breaks off", lambda w: reply(packed("zstd", article().encode())[:-40], Content_Encoding="zstd"), "truncated"),
    _coded("gzip"), _coded("x-gzip"), _coded("deflate"), _coded("br"), _coded("zstd"),
    _coded("gzip, gzip"), _coded("raw", "deflate"),
    _fine("gzip-co-duoi", "gzip with junk behind it", reply(packed("gzip", article().encode()) + b"\x00" * 99, Content_Encoding="gzip")),
    _fine("http-1-0", "HTTP/1.0, ends with the connection", b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + article().encode()),
    _fine("dau-thieu-hai-cham", "a header line without a colon", b"HTTP/1.1 200 OK\r\nrubbish here\r\nContent-Type: text/html\r\n\r\n" + article().encode()),
    _fine("khuc-co-duoi", "chunks with extensions and trailers", OK + b"Transfer-Encoding: chunked\r\n\r\n%x;a=b\r\n%s\r\n0\r\nX-T: 1\r\n\r\n" % (len(article().encode()), article().encode())),
    _fine("tiep-tuc", "`100 Continue`, then the page", b"HTTP/1.1 100 Continue\r\n\r\n" + reply(article())),
    _fine("xuong-dong-lf", "line feeds alone in the headers", reply(article()).partition(b"\r\n\r\n")[0].replace(b"\r\n", b"\n") + b"\n\n" + article().encode()),
    _fine("kieu-la", "no Content-Type", b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + article().encode()),
    Case("khong-noi-dung", "status", "204", lambda w: b"HTTP/1.1 204 No Content\r\n\r\n", "ok", "empty", requests=1),
    Case("trong", "status", "an empty body", lambda w: reply(b""), "ok", "empty", requests=1),
    Case("mot-phan", "status", "206 nobody asked for", lambda w: reply(article()[:700], status=206), "truncated", requests=2),
    Case("chin-chin-chin", "status", "999", lambda w: reply("blocked", status=999), "http_999", requests=1),
    *(Case(f"ma-{code}", "status", str(code), lambda w, code=code: reply("<p>no", status=code), f"http_{code}", requests=2 if code in (500, 502, 504) else 1)
      for code in (400, 401, 403, 404, 410, 418, 451, 500, 501, 502, 504)),
    Case("ban-429", "status", "429, Retry-After: 1", lambda w: reply("<p>no", status=429, Retry_After="1"), "http_429"),
    Case("ban-503", "status", "503, Retry-After as a date", lambda w: reply("<p>no", status=503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), "http_503"),
]  # fmt: skip


def _to(name: str, does: str, location: str, outcome: str = "redirect_outside") -> Case:
    """A redirect; `CANARY` and `HOST` stand for the places that nobody may be led to."""

    def answer(world: World) -> Reply:
        canary = world.canary.partition("://")[2]
        return redirect(
            location.replace("CANARY", canary).replace("PORT", canary.partition(":")[2])
        )

    return Case(name, "redirect", does, answer, outcome, requests=1)


CASES += [
    Case("vong-quanh", "redirect", "to itself", lambda w: lambda asked: redirect(asked.path), "redirect_loop", requests=6),
    _to("ve-trang-dau", "to the home page, as for a page that is gone", "/", "redirect_home"),
    _to("khong-noi-den", "nowhere", "", "redirect_nowhere"),
    _to("noi-bo", "to another port of this machine", "http://CANARY/ssrf"),
    _to("noi-bo-ten", "to localhost", "http://localhost:PORT/ssrf"),
    _to("noi-bo-ngan", "to 127.1", "http://127.1:PORT/ssrf"),
    _to("noi-bo-thap-phan", "to a decimal address", "http://2130706433:PORT/ssrf"),
    _to("noi-bo-bat-phan", "to an octal address", "http://0177.0.0.1:PORT/ssrf"),
    _to("noi-bo-hex", "to a hexadecimal address", "http://0x7f.1:PORT/ssrf"),
    _to("noi-bo-khong", "to 0.0.0.0", "http://0.0.0.0:PORT/ssrf"),
    _to("noi-bo-v6", "to [::1]", "http://[::1]:PORT/ssrf"),
    _to("noi-bo-v6-boc", "to an IPv4 address in an IPv6 one", "http://[::ffff:127.0.0.1]:PORT/ssrf"),
    _to("noi-bo-nat64", "to a NAT64 address", "http://[64:ff9b::7f00:1]:PORT/ssrf"),
    _to("noi-bo-cham", "to a host with a dot behind it", "http://localhost.:PORT/ssrf"),
    _to("noi-bo-idn", "to digits in circles", "http://①②⑦.⓪.⓪.①:PORT/ssrf".encode().decode("latin-1")),
    _to("noi-bo-hai-gach", "with `//` and no scheme", "//CANARY/ssrf"),
    _to("noi-bo-gach-nguoc", "with backslashes", "http:\\\\CANARY\\ssrf"),
    _to("noi-bo-tab", "with a tab inside the scheme", "ht\ttp://CANARY/ssrf"),
    _to("noi-bo-ten-gia", "with the portal's name as user", "http://khcn.example@CANARY/ssrf"),
    _to("dam-may", "to a cloud's metadata", "http://169.254.169.254/latest/meta-data/"),
    _to("mang-rieng", "to a private network", "http://192.168.1.1/admin"),
    _to("ra-ngoai", "to another site", "http://casino.example/"),
    _to("cong-khac", "to another port of the same host", "http://127.0.0.2:22/"),
    _to("tep", "to a file", "file:///etc/passwd"),
    _to("ftp", "to ftp", "ftp://CANARY/ssrf"),
    _to("gopher", "to gopher", "gopher://CANARY/_ssrf"),
    _to("du-lieu", "to data:", "data:text/html,<h1>x</h1>"),
    _to("kich-ban", "to javascript:", "javascript:alert(1)"),
    _to("trang-thai-300", "300 without a choice", "", "redirect_nowhere"),
    Case("dau-gia", "redirect", "a header smuggled into Location", lambda w: b"HTTP/1.1 302 Found\r\nLocation: /tin-hoat-dong/\x0d\x0aX-Evil: 1\r\nContent-Length: 0\r\n\r\n", "redirect_home", requests=1),
    Case("refresh-dau", "redirect", "`Refresh:` to another port of this machine", lambda w: reply(article(), Refresh=f"0; url={w.canary}/ssrf"), stored=WHOLE, requests=1),
]  # fmt: skip
