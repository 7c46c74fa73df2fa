"""Sở Khoa học và Công nghệ Thành phố Hồ Chí Minh: https://thongke.cesti.gov.vn/ (Joomla, the department's information centre)."""

from __future__ import annotations

from crawler.platforms.joomla import JoomlaSpider
from crawler.portals.model import Earlier


class HoChiMinhCestiSpider(JoomlaSpider):
    name = "ho_chi_minh_cesti"
    province = "ho_chi_minh"
    allowed_domains = ["thongke.cesti.gov.vn"]
    start_urls = ["https://thongke.cesti.gov.vn/"]
    # The centre's own site, on Joomla 1.0; a list of it was seen.
    earlier = (Earlier(None, hosts=("www.cesti.gov.vn",), platform="joomla"),)
    evidence = "address only"
