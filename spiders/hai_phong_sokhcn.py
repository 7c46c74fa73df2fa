"""Sở Khoa học và Công nghệ Thành phố Hải Phòng: https://sokhcn.haiphong.gov.vn/ (VNPT, as on the city's other hosts)."""

from __future__ import annotations

from crawler.platforms.vnpt import VnptSpider


class HaiPhongSokhcnSpider(VnptSpider):
    name = "hai_phong_sokhcn"
    province = "hai_phong"
    allowed_domains = ["sokhcn.haiphong.gov.vn"]
    start_urls = ["https://sokhcn.haiphong.gov.vn/"]
    # The usual form of a department's address; no page of it was ever seen.
    evidence = "unverified"
