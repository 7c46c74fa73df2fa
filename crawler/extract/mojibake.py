"""Text that was decoded wrongly before it reached the page."""

from __future__ import annotations

import re

from crawler.extract.cleaning import clean
from crawler.text.legacy_fonts import vietnamese
from crawler.text.old_tables import from_tcvn3, from_vni

# Letters that stand for none of Vietnam's: what a wrong table leaves behind.
FOREIGN = re.compile(
    r"[¡-¿×÷ØøåÅäÄëËïÏöÖüÜñÑæÆîÎûÛçÇÿßþÞðÐ]|[\u02c6\u0152\u0153\u0160\u0161\u017d\u017e\u0192\u20ac]"
)
MOJIBAKE = re.compile(
    r"Ã[\u0080-\u00bf¡-¿]|á[º»][\u0080-\u00bf¡-¿€-™]|Ä[\u0080-\u00bf‘’“”]|Æ[°¡]|â€[™œ“”]|áº|á»"
)
# In TCVN3 these are letters, never behind a digit.
EXPONENTS = re.compile(r"(?<=[\d)])[¹²³⁰⁴-⁹⁺⁻]+")


def mend(text: str) -> tuple[str, str | None]:
    """Text that was decoded wrongly before it reached the page, put right; and a note of how."""
    if MOJIBAKE.search(text):
        import ftfy  # for few pages, and dear to load

        mended = clean(ftfy.fix_encoding(text))
        if mended != text and vietnamese(mended) > vietnamese(text):
            return mended, "mojibake_mended"
    if len(FOREIGN.findall(EXPONENTS.sub("", text))) * 20 > len(text):
        for name, table in (("tcvn3", from_tcvn3), ("vni", from_vni)):
            converted = clean(table(text))
            if vietnamese(converted) > max(vietnamese(text), len(text) // 60, 1):
                return converted, f"decoded_as: {name}"
    return text, None
