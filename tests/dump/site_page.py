"""The page without a server, asked as its own program asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from playwright.sync_api import Browser

BEGIN = """async () => {
  const worker = new Worker(new URL("worker.js", document.baseURI), {type: "module"});
  const waiting = new Map();
  let asked = 0;
  worker.onmessage = ({data}) => waiting.get(data.number)(data);
  window.tell = (name, value) => new Promise((done) => {
    waiting.set(++asked, done); worker.postMessage({number: asked, name, value}); });
  const site = await (await fetch("site.json")).json();
  return (await window.tell("open", {base: document.baseURI, site})).error ?? null; }"""
Values = dict[str, str]


@contextmanager
def asking(browser: Browser, address: str) -> Iterator[Callable[[list[Values]], list[Any]]]:
    """What the page's worker answers to questions, each as the address bar has it."""
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(f"{address}/#/ve")
        assert page.evaluate(BEGIN) is None

        def ask(questions: list[Values]) -> list[Any]:
            said = page.evaluate(
                "(all) => Promise.all(all.map((one) => window.tell('search', one)))", questions
            )
            for values, one in zip(questions, said, strict=True):
                assert "error" not in one, (values, one)
            return [one["answer"] for one in said]

        yield ask
