"""What a portal's spider declares, and the same as plain data; see crawler.portals.model.Portal for each."""

from __future__ import annotations

from typing import ClassVar, Literal

from scrapy import Spider

from crawler.portals.model import Earlier, Evidence, Markup, Portal
from crawler.portals.provinces import PROVINCES, department_name


class DeclaredSpider(Spider):
    """The facts of one department's portal, without what is done with them."""

    province: str  # slug in provinces.csv
    department: str = ""  # default: the province's Sở Khoa học và Công nghệ
    allowed_domains: ClassVar[list[str]] = []  # the present host first
    start_urls: ClassVar[list[str]] = []  # type: ignore[misc]
    platform: ClassVar[str | None] = None
    signs: ClassVar[tuple[str, ...]] = ()
    article_urls: ClassVar[tuple[str, ...]] = ()
    list_urls: ClassVar[tuple[str, ...]] = ()
    skip_urls: ClassVar[tuple[str, ...]] = ()
    within: ClassVar[tuple[str, ...]] = ()
    drop_params: ClassVar[tuple[str, ...]] = ()
    language_folders: ClassVar[tuple[str, ...]] = ()
    markup: ClassVar[Markup] = Markup()
    date_order: ClassVar[Literal["DMY", "MDY"]] = "DMY"
    import_days: ClassVar[tuple[str, ...]] = ()
    accounts: ClassVar[tuple[str, ...]] = ()
    tls: ClassVar[Literal["verified", "unverified"]] = "verified"
    undated: ClassVar[bool] = False
    valid_from: ClassVar[str | None] = None
    valid_to: ClassVar[str | None] = None
    evidence: ClassVar[Evidence] = "unverified"
    earlier: ClassVar[tuple[Earlier, ...]] = ()

    @classmethod
    def facts(cls) -> Portal:
        """The declaration as plain data, for processes that know no Scrapy."""
        return Portal(
            slug=cls.name,
            province=cls.province,
            department=cls.department or department_name(PROVINCES[cls.province]),
            hosts=tuple(cls.allowed_domains),
            start_urls=tuple(cls.start_urls),
            platform=cls.platform,
            article_urls=tuple(cls.article_urls),
            list_urls=tuple(cls.list_urls),
            skip_urls=tuple(cls.skip_urls),
            within=tuple(cls.within),
            drop_params=tuple(cls.drop_params),
            language_folders=tuple(cls.language_folders),
            markup=cls.markup,
            date_order=cls.date_order,
            import_days=tuple(cls.import_days),
            accounts=tuple(cls.accounts),
            tls=cls.tls,
            undated=cls.undated,
            valid_from=cls.valid_from,
            valid_to=cls.valid_to,
            evidence=cls.evidence,
            earlier=tuple(cls.earlier),
        )
