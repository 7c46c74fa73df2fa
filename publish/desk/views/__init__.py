"""One function a page: read the request, ask, render."""
