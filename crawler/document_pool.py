"""Files read in processes that can be killed: a bomb costs a worker, never the archive."""

from __future__ import annotations

from concurrent.futures import Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import NamedTuple

from pebble import ProcessExpired

from crawler.captures.content import kept_content
from crawler.documents.model import DocumentReading
from crawler.worker_pool import WorkerPool

PROCESSES = 2
TIMEOUT, OCR_TIMEOUT = 60.0, 900.0  # seconds of wall clock for a file
MEMORY = 3 * 2**29  # bytes of address space: the libraries alone map half of it
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
    ocr: bool = False


class FileReading(NamedTuple):
    """What a file says, and whether it is a picture that says where it was taken."""

    document: DocumentReading
    located: bool = False


def _read(job: FileJob) -> FileReading:
    from crawler.documents.picture_copies import has_place
    from crawler.documents.reader import read_document

    content = kept_content(job.path, job.offset, job.sha256, job.url)
    if content is None:
        return FileReading(DocumentReading(job.type, problem=DAMAGED))
    located = job.type.startswith("image/") and has_place(content)
    if job.type.startswith("image/") and not job.attached:
        return FileReading(DocumentReading(job.type), located)
    reading = read_document(content, name=job.name, media_type=job.type, ocr=job.ocr)
    return FileReading(reading, located)


class DocumentPool(WorkerPool[FileReading]):
    """Two processes that read files, started when the first one comes."""

    work = staticmethod(_read)
    memory = MEMORY
    tasks = FILES_PER_WORKER

    def __init__(self, count: int = PROCESSES, *, timeout: float = TIMEOUT) -> None:
        super().__init__(count, timeout=timeout)

    def read(self, job: FileJob) -> Future[FileReading]:
        """Read a file in a worker; `file_reading_of` turns the future into a reading."""
        return self.submit(job)


def file_reading_of(job: FileJob, future: Future[FileReading]) -> FileReading:
    """What was read, or the named reason for a file that cost a worker its life."""
    try:
        return future.result()
    except TimeoutError:
        problem = "timeout"
    except MemoryError:
        problem = "too_large"
    except (BrokenProcessPool, ProcessExpired):
        problem = "reader_crashed"
    except Exception:  # noqa: BLE001
        # What breaks the reader is named, and the next file is read.
        problem = "reader_error"
    return FileReading(DocumentReading(job.type, problem=problem))
