"""`python -m bench.files [--quick] [--scans | --night]`: how well and how fast attached documents are read.

Documents are the sample forms; accuracy is 1 − edit distance / length of the text that was drawn.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from bench import file_night
from crawler.document_pool import DocumentPool, document_of
from crawler.documents.reader import read_document
from crawler.documents.tesseract import can_recognise
from samples.documents.accuracy import FACTS, accuracy, wrong_facts
from samples.documents.forms import Form, forms
from samples.documents.layout import truths
from samples.documents.old import in_tcvn3, in_vni, lines_of, rtf_of
from samples.documents.pdf import pdf_of
from samples.documents.scans import pictures_of, scan_of
from samples.documents.tables import odt_of
from samples.documents.wider import WIDER
from samples.documents.word import docx_of, old_docx
from samples.documents.words import COMMON
from samples.documents.worn import worn_pages

WORKERS = 2
FORGIVEN = 0.1  # of the letters of a fact
WORN = "scan, 150 to 300 dpi, stamped and signed"
SEED = 2_026  # of forms that no test reads


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    documents: int
    mean: float
    worst: float
    facts: float
    nearly: float  # with a letter in ten forgiven
    seconds: float


def printed() -> dict[str, Callable[[Form, int], bytes]]:
    return {
        "PDF": pdf_of,
        "DOCX": docx_of,
        "ODT": lambda form, _: odt_of(form),
        "RTF": lambda form, _: rtf_of(form),
        "RTF, TCVN3": lambda form, _: rtf_of(form, old=True),
        "DOCX, TCVN3": lambda form, _: old_docx([in_tcvn3(line) for line in lines_of(form)]),
        "DOCX, VNI": lambda form, _: old_docx(
            [[(in_vni(line), "VNI-Times")] for line in lines_of(form)]
        ),
    }


def scanned() -> dict[str, Callable[[Form, int], bytes]]:
    return {
        "scan, 200 dpi": lambda form, at: scan_of(pictures_of(pdf_of(form, at))),
        "scan, 200 dpi, noise and skew": lambda form, at: scan_of(
            pictures_of(pdf_of(form, at), noisy=True, seed=at)
        ),
        WORN: lambda form, at: scan_of(worn_pages(form, SEED + at)),
    }


def measured(name: str, make: Callable[[Form, int], bytes], count: int, pool: DocumentPool) -> Row:
    chosen = list(forms(SEED, count, WIDER if name == WORN else COMMON))
    files = [make(form, at) for at, form in enumerate(chosen)]
    document_of(pool.read(files[0]))  # the workers are there
    begun = time.perf_counter()
    readings = [document_of(future) for future in [pool.read(file) for file in files]]
    seconds = time.perf_counter() - begun
    shares = [
        accuracy(truths(form), reading.text) for form, reading in zip(chosen, readings, strict=True)
    ]
    pairs = list(zip(chosen, readings, strict=True))
    right, nearly = (
        1 - sum(len(wrong_facts(*pair, forgiven=share)) for pair in pairs) / count / len(FACTS)
        for share in (0.0, FORGIVEN)
    )
    return Row(name, count, sum(shares) / count, min(shares), right, nearly, seconds)


def two_pages() -> list[bytes]:
    """Text PDFs of two pages."""
    longer = (replace(form, paragraphs=form.paragraphs * 4) for form in forms(SEED, 24))
    files = [pdf_of(form, at) for at, form in enumerate(longer)]
    return [file for file in files if read_document(file).pages == 2]


def cost(files: list[bytes], count: int, ocr: bool) -> tuple[float, int]:
    """In a process of its own: seconds of CPU for each document, and its memory in MiB."""
    read_document(files[0], ocr=ocr)
    begun = time.process_time()
    for at in range(count):
        read_document(files[at % len(files)], ocr=ocr)
    return (time.process_time() - begun) / count, highest()


def highest() -> int:
    """The most memory that this process ever had, in MiB; what getrusage says is its parent's too."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) // 1024
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def alone(files: list[bytes], count: int, *, ocr: bool) -> tuple[float, int]:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(cost, files, count, ocr).result()


def rows(quick: bool, *, printed_too: bool) -> Iterator[Row]:
    pool = DocumentPool(WORKERS)
    try:
        for name, make in printed().items() if printed_too else ():
            yield measured(name, make, 12 if quick else 96, pool)
    finally:
        pool.close()
    if not can_recognise():
        print("tesseract with its Vietnamese is not installed: scans were not measured")
        return
    pool = DocumentPool(WORKERS, ocr=True)
    try:
        for name, make in scanned().items():
            yield measured(name, make, 4 if quick else 24, pool)
    finally:
        pool.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.files", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few documents of each kind")
    parser.add_argument(
        "--night", action="store_true", help="only what files cost a night's articles"
    )
    parser.add_argument("--scans", action="store_true", help="only the rows of scans")
    told = parser.parse_args()
    quick = told.quick
    if told.night:
        for line in file_night.told(5):
            print(line, flush=True)
        return
    print(
        "| documents | read | characters right, mean | worst | facts right | but for a letter in ten | seconds each, 2 processes |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|")
    for row in rows(quick, printed_too=not told.scans):
        print(
            f"| {row.name} | {row.documents} | {row.mean:.2%} | {row.worst:.2%} | {row.facts:.1%} | {row.nearly:.1%} | {row.seconds / row.documents:.3f} |",
            flush=True,
        )
    seconds, memory = alone(two_pages(), 40 if quick else 400, ocr=False)
    print(
        f"\ntext PDFs of two pages: {1000 * seconds:.1f} ms of CPU each, {WORKERS / seconds:.0f} a second on {WORKERS} cores"
    )
    print(f"memory of a process that read them: {memory} MiB")
    if can_recognise():
        scans = [make(form, 0) for form in forms(SEED, 1) for make in scanned().values()]
        print(f"memory of a process that recognised scans: {alone(scans, 4, ocr=True)[1]} MiB")


if __name__ == "__main__":
    sys.exit(main())
