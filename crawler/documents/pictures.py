"""Pictures that are handed out as documents: scans as TIFF, JPEG, PNG.

What a camera writes beside the picture, the place where it was taken above all, is not looked at.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import replace

from crawler.documents.draft import Draft, UnreadableError
from crawler.documents.recognition import recognise
from crawler.documents.scan_pictures import HAS_PICTURES
from crawler.documents.tesseract import can_recognise

if HAS_PICTURES:
    from PIL import Image, ImageSequence

MOST_DOTS = 120_000_000  # of one picture: A2 at 400 dpi
MOST_COLOURED = 30_000_000  # larger ones are looked at in grey: three times less memory
MOST_FRAMES = 200


def read_picture(content: bytes, *, ocr: bool) -> Draft:
    """A scan's text; without OCR only that there is none."""
    if not HAS_PICTURES:
        return Draft(problem="no_text_layer")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about sizes: ours are checked here
        try:
            with Image.open(
                io.BytesIO(content), formats=("JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP")
            ) as picture:
                return _frames(picture, ocr=ocr)
        except Image.DecompressionBombError as error:
            raise UnreadableError("bomb") from error
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise UnreadableError("broken") from error


def _frames(picture: Image.Image, *, ocr: bool) -> Draft:
    if picture.width * picture.height > MOST_DOTS:
        raise UnreadableError("too_large")
    frames = min(getattr(picture, "n_frames", 1), MOST_FRAMES)
    draft = Draft(pages=frames, problem="no_text_layer")
    if not ocr or not can_recognise():
        return draft
    sure: list[float] = []
    for page, frame in enumerate(ImageSequence.Iterator(picture), 1):
        if page > frames or frame.width * frame.height > MOST_DOTS:
            break
        lines, confidence = recognise(
            frame if frame.width * frame.height <= MOST_COLOURED else frame.convert("L")
        )
        draft.lines += [replace(line, page=page) for line in lines]
        if confidence is not None:
            sure.append(confidence)
            draft.ocr_pages += (page,)
    if sure:
        draft.confidence = round(sum(sure) / len(sure), 4)
    draft.problem = None if sure else "nothing_recognised"
    return draft
