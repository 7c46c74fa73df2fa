"""Which reader reads which format."""

from __future__ import annotations

from crawler.documents import media_types as types
from crawler.documents.archives import read_archive
from crawler.documents.doc import read_doc
from crawler.documents.draft import Draft, UnreadableError
from crawler.documents.markup import read_markup, read_plain
from crawler.documents.ole import read_ole
from crawler.documents.opendocument import read_opendocument
from crawler.documents.pdf import read_pdf
from crawler.documents.pictures import read_picture
from crawler.documents.powerpoint import read_powerpoint
from crawler.documents.recognition import recognise_page
from crawler.documents.rtf import read_rtf
from crawler.documents.sheets import read_workbook
from crawler.documents.slides import read_slides
from crawler.documents.tesseract import can_recognise
from crawler.documents.word import read_word

OLD = {types.DOC: read_doc, types.PPT: read_powerpoint}
PURE = {
    types.DOCX: read_word, types.DOCM: read_word, types.XLSX: read_workbook, types.XLSM: read_workbook,
    types.PPTX: read_slides, types.PPTM: read_slides, types.ODT: read_opendocument, types.ODS: read_opendocument,
    types.ODP: read_opendocument, types.RTF: read_rtf, types.HTML: read_markup, types.PLAIN: read_plain,
}  # fmt: skip


def draft_of(content: bytes, media_type: str, *, ocr: bool, depth: int = 0) -> Draft:
    """What a file holds; raises UnreadableError with the name of what keeps it from being read."""
    if media_type == types.PDF:
        return read_pdf(content, recognise_page if ocr and can_recognise() else None)
    if media_type in types.PICTURES:
        return read_picture(content, ocr=ocr)
    if media_type in (types.DOC, types.XLS, types.PPT):
        reader_of_old = OLD.get(media_type)
        found = reader_of_old(content) if reader_of_old else None
        return found or read_ole(content, media_type)
    if media_type in (types.ZIP, types.RAR, types.SEVEN):

        def read(body: bytes, name: str, deeper: int) -> tuple[str, Draft]:
            kind = types.media_type_of(body, name=name)
            return kind, draft_of(body, kind, ocr=ocr, depth=deeper)

        return read_archive(content, media_type, read, depth)
    if content.startswith(types.OLE):
        raise UnreadableError("encrypted")  # an Office file of today, locked in a storage of before
    reader = PURE.get(media_type)
    if reader is None:
        raise UnreadableError("unsupported")
    return reader(content)
