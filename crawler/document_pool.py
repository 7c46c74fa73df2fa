"""Files read in processes that can be killed: a bomb costs a worker, never the archive."""

from __future__ import annotations

import gc
from concurrent.futures import Future, TimeoutError
from pathlib import Path
from typing import NamedTuple

from crawler.captures.content import kept_content
from crawler.documents.media_types import UNKNOWN
from crawler.documents.model import DocumentReading
from crawler.worker_pool import WorkerPool

PROCESSES = 2
TIMEOUT = 60.0  # seconds of wall clock for a file; 2,000 pages of text take 20
OCR_TIMEOUT = 600.0  # for one whose pages are recognised, a second or two each
MEMORY = 600 * 2**20  # bytes of address space
FILES_PER_WORKER = 500

DAMAGED = "record_damaged"  # its bytes could not be read back from where they were kept


class FileJob(NamedTuple):
    """A kept file that is to be read."""

    sha256: str
    path: Path | None
    offset: int
    name: str
    type: str
    url: str
    attached: bool = True  # handed out as a document; else only a picture in a text


class FileReading(NamedTuple):
    """What a file says, and whether it is a picture that says where it was taken."""

    document: DocumentReading
    located: bool = False


def _read(job: FileJob | bytes, name: str, media_type: str | None, ocr: bool) -> FileReading:
    from crawler.documents.picture_copies import has_place
    from crawler.documents.reader import read_document

    if isinstance(job, bytes):
        reading = FileReading(read_document(job, name=name, media_type=media_type, ocr=ocr))
    else:
        content = kept_content(job.path, job.offset, job.sha256, job.url)
        if content is None:
            return FileReading(DocumentReading(job.type, problem=DAMAGED))
        located = job.type.startswith("image/") and has_place(content)
        if job.type.startswith("image/") and not job.attached:
            return FileReading(DocumentReading(job.type), located)
        told = read_document(content, name=job.name, media_type=job.type, ocr=ocr)
        reading = FileReading(told, located)
    gc.collect()  # trees of XML weigh nothing to the collector; what was there at the start is frozen
    return reading


class DocumentPool(WorkerPool[FileReading]):
    """Processes that read files, started when the first one comes; with `ocr` they recognise scans."""

    work = staticmethod(_read)
    memory = MEMORY
    tasks = FILES_PER_WORKER

    def __init__(
        self, count: int = PROCESSES, *, ocr: bool = False, timeout: float | None = None
    ) -> None:
        super().__init__(count, timeout=timeout or (OCR_TIMEOUT if ocr else TIMEOUT))
        self._ocr = ocr

    def read(
        self, content: bytes, *, name: str = "", media_type: str | None = None
    ) -> Future[FileReading]:
        """Read a file in a worker; `document_of` turns the future into a DocumentReading."""
        return self.submit(content, name, media_type, self._ocr)

    def read_kept(self, job: FileJob) -> Future[FileReading]:
        """Read a file out of its captures; `file_reading_of` turns the future into a FileReading."""
        return self.submit(job, job.name, job.type, self._ocr)


def document_of(future: Future[FileReading]) -> DocumentReading:
    """What a file holds, or the name of what became of the worker that read it."""
    return _reading_of(future, UNKNOWN).document


def file_reading_of(job: FileJob, future: Future[FileReading]) -> FileReading:
    """The same of a kept file, whose type is known."""
    return _reading_of(future, job.type)


def _reading_of(future: Future[FileReading], media_type: str) -> FileReading:
    try:
        return future.result()
    except TimeoutError:
        problem = "timeout"
    except MemoryError:
        problem = "memory"
    except Exception:  # noqa: BLE001
        # A file that breaks its reader, or the process around it, is named, and the next is read.
        problem = "crashed"
    return FileReading(DocumentReading(media_type, problem=problem))
