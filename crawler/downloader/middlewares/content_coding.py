"""Undoes Content-Encoding once the WARC file has the bytes as they came."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response
from scrapy.responsetypes import responsetypes


class UnpackedMiddleware:
    """Hands on the answer without its content codings; the handler has undone them."""

    def process_response(self, request: Request, response: Response) -> Response:
        body = request.meta.pop("unpacked", None)
        if body is None:
            return response
        request.meta["coded"] = True  # a digest of what was sent is not one of these bytes
        return _with_body(response, body)


def _with_body(response: Response, body: bytes) -> Response:
    """The answer with its content codings undone."""
    headers = response.headers.copy()
    headers.pop("Content-Encoding", None)
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    return response.replace(cls=kind, headers=headers, body=body)
