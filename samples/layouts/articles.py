"""Articles of every kind a department prints, with what a careful reader would note of each.

All names, numbers and sentences are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Printed:
    """An article: the HTML of its paragraphs, and its lines as they should be read."""

    name: str
    title: str
    date: str  # ISO, with or without a time of day
    html: list[str]
    lines: list[str]
    sapo: str | None = None
    byline: str | None = None
    authors: list[str] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)


def _p(lines: list[str]) -> list[str]:
    return [f"<p>{line}</p>" for line in lines]


def _picture(caption: str, source: str) -> str:
    return (
        f'<p style="text-align:center"><img src="{source}" width="600" alt=""></p>'
        f'<p style="text-align:center"><em>{caption}</em></p>'
    )


def _table(rows: list[tuple[str, ...]], inner: str) -> str:
    cells = ("".join(f"<td>{inner.format(cell)}</td>" for cell in row) for row in rows)
    return "<table border=1>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _rows(rows: list[tuple[str, ...]]) -> list[str]:
    return [" | ".join(cell for cell in row if cell) for row in rows]


NEWS = [
    'Sáng 12/3/2021, tại hội trường tầng 3, Sở Khoa học và Công nghệ tổ chức hội nghị nghiệm thu đề tài trồng chè Shan tuyết theo hướng hữu cơ tại xã Mường Lai.',
    'Tham dự có lãnh đạo Sở, đại diện Ủy ban nhân dân huyện, các thành viên hội đồng và nhóm thực hiện đề tài.',
    'Thay mặt nhóm nghiên cứu, chủ nhiệm đề tài báo cáo kết quả điều tra 120 hộ, xây dựng ba mô hình thâm canh trên diện tích 15 ha và hoàn thiện quy trình chế biến.',
    'Phát biểu kết luận, Chủ tịch hội đồng đề nghị nhóm thực hiện bổ sung phần đánh giá hiệu quả kinh tế, hoàn chỉnh báo cáo tổng hợp trước ngày 30/4/2021.',
    'Hội đồng thống nhất đánh giá, xếp loại đề tài đạt yêu cầu và kiến nghị nhân rộng kết quả tại các xã vùng cao.',
]  # fmt: skip
CAPTION = "Quang cảnh hội nghị nghiệm thu đề tài"
TASKS = [("TT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Kinh phí")] + [
    (str(n), f"Nghiên cứu quy trình số {n}", f"Trung tâm {chr(64 + n)}", f"{n * 120} triệu")
    for n in range(1, 9)
]

DECREE = [
    'Căn cứ Luật Khoa học và Công nghệ ngày 18 tháng 6 năm 2013;',
    'Căn cứ Nghị định số 08/2014/NĐ-CP ngày 27 tháng 01 năm 2014 của Chính phủ;',
    'QUYẾT ĐỊNH:',
    'Điều 1. Phê duyệt danh mục nhiệm vụ khoa học và công nghệ cấp tỉnh thực hiện năm 2020 như sau:',
]  # fmt: skip

SIGNED = [
    'Điều 2. Giao Sở Khoa học và Công nghệ hướng dẫn các đơn vị triển khai thực hiện theo quy định hiện hành.',
    'Điều 3. Quyết định này có hiệu lực kể từ ngày ký./.',
    'Nơi nhận:',
    '- Như Điều 2;',
    '- Lưu: VT, QLKH.',
    'KT. CHỦ TỊCH',
    'PHÓ CHỦ TỊCH',
    '(đã ký)',
    'Nguyễn Văn Khánh',
]  # fmt: skip

QUESTION = [
    'Hỏi: Doanh nghiệp nhỏ có được hỗ trợ chi phí đăng ký nhãn hiệu trong nước không, thủ tục nộp ở đâu và thời gian giải quyết bao lâu?',
    'Trả lời:',
    'Theo quy định hiện hành của tỉnh, doanh nghiệp được hỗ trợ tối đa 10 triệu đồng cho mỗi nhãn hiệu được cấp văn bằng bảo hộ.',
    'Hồ sơ gồm:',
    '- Đơn đề nghị hỗ trợ;',
    '- Bản sao văn bằng bảo hộ;',
    '- Chứng từ nộp phí, lệ phí.',
    'Thời gian giải quyết không quá 15 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.',
]  # fmt: skip

INTERVIEW = [
    'Nhân kỷ niệm Ngày Khoa học và Công nghệ Việt Nam 18/5, phóng viên đã có cuộc trao đổi với ông Trần Văn Bách, Giám đốc Sở Khoa học và Công nghệ.',
    'Phóng viên: Xin ông cho biết những kết quả nổi bật của ngành trong năm qua?',
    'Ông Trần Văn Bách: Trong năm qua, ngành đã triển khai 25 nhiệm vụ, chuyển giao 9 quy trình kỹ thuật cho các hợp tác xã và doanh nghiệp trên địa bàn.',
    'Phóng viên: Nhiệm vụ trọng tâm sắp tới là gì, thưa ông?',
    'Ông Trần Văn Bách: Chúng tôi tập trung phát triển thị trường khoa học và công nghệ, hỗ trợ khởi nghiệp sáng tạo và xây dựng cơ sở dữ liệu dùng chung.',
    'Trân trọng cảm ơn ông!',
]  # fmt: skip
CAPTIONS = [f"Các đại biểu tham quan gian hàng số {n} tại triển lãm" for n in range(1, 6)]
GALLERY = "Một số hình ảnh tại triển lãm do Sở Khoa học và Công nghệ phối hợp tổ chức."

PLAN = [
    'Thực hiện Kế hoạch số 15/KH-UBND, các đơn vị tập trung thực hiện:',
    'I. MỤC TIÊU',
    '1. Nâng cao năng suất',
    '- Tăng 5% mỗi năm',
    '- Giảm chi phí',
    '2. Nâng cao nhận thức',
    'II. NHIỆM VỤ',
    'a) Tuyên truyền',
    'b) Tập huấn',
    'c) Kiểm tra, giám sát',
    'III. TỔ CHỨC THỰC HIỆN',
    'Các phòng, đơn vị căn cứ kế hoạch triển khai thực hiện, báo cáo kết quả về Văn phòng Sở trước ngày 15 hằng tháng để tổng hợp.',
]  # fmt: skip

ENGLISH = [
    'On the morning of 12 May 2020, the Department of Science and Technology held a workshop on organic tea production in Muong Lai commune.',
    'The workshop was attended by representatives of cooperatives, research institutes and local farmers who shared their experience.',
    'According to the project leader, three models covering 15 hectares have been built and the processing procedure has been completed.',
    'The council highly appreciated the results and suggested scaling them up in the coming years.',
]  # fmt: skip

BREAKS = [
    'Ngày 20/10/2022, Đoàn kiểm tra liên ngành đã tiến hành kiểm tra đo lường, chất lượng xăng dầu tại 12 cửa hàng trên địa bàn tỉnh.',
    'Kết quả kiểm tra cho thấy các cột đo đều còn hiệu lực kiểm định, niêm phong đầy đủ, sai số nằm trong giới hạn cho phép.',
    'Đoàn đã nhắc nhở 02 cơ sở chưa niêm yết giá đúng quy định và yêu cầu khắc phục ngay.',
    'Thời gian tới, Chi cục tiếp tục phối hợp với các ngành tăng cường kiểm tra đột xuất.',
]  # fmt: skip
VIDEO = "Phóng sự giới thiệu các mô hình ứng dụng tiến bộ kỹ thuật vào sản xuất tại các xã vùng cao của tỉnh."
WEEK = [
    ('Thứ/ngày', 'Buổi', 'Nội dung', 'Chủ trì'),
    ('Thứ hai 03/5', 'Sáng', 'Họp giao ban', 'Giám đốc'),
    ('', 'Chiều', 'Làm việc với Chi cục', 'Phó Giám đốc'),
    ('Thứ ba 04/5', 'Sáng', 'Dự hội nghị tỉnh', 'Giám đốc'),
    ('Thứ tư 05/5', 'Cả ngày', 'Kiểm tra đề tài tại huyện', 'Phòng QLKH'),
]  # fmt: skip
WEEK_OPENS = "Văn phòng Sở thông báo lịch công tác tuần của lãnh đạo Sở như sau:"

ONE = [
    'Chiều 05/8/2020, Sở Khoa học và Công nghệ tổ chức họp Hội đồng tư vấn tuyển chọn tổ chức chủ trì thực hiện dự án xây dựng mô hình nuôi cá lồng trên hồ chứa thủy điện; kết quả có 02 hồ sơ đủ điều kiện và 01 hồ sơ được hội đồng đề nghị giao thực hiện trong giai đoạn 2020-2022.',
]  # fmt: skip

REPRINT = [
    'Thực hiện Công văn số 1234/BKHCN-VP của Bộ Khoa học và Công nghệ về việc tăng cường công tác an toàn bức xạ, hạt nhân.',
    'Sở Khoa học và Công nghệ đề nghị các cơ sở tiến hành công việc bức xạ rà soát, bổ sung kế hoạch ứng phó sự cố theo hướng dẫn.',
    'Báo cáo gửi về Sở qua địa chỉ email: antoan@example.gov.vn, điện thoại: 0216.3852.123 để được hướng dẫn.',
]  # fmt: skip

NOTICE = [
    'Sở Khoa học và Công nghệ thông báo tuyển chọn tổ chức, cá nhân chủ trì nhiệm vụ khoa học và công nghệ cấp tỉnh.',
    'Hồ sơ gửi về Văn phòng Sở trước ngày 30/10/2021.',
]  # fmt: skip

ARTICLES = [
    Printed(
        'news', 'Nghiệm thu đề tài trồng và chế biến chè Shan tuyết tại xã Mường Lai', '2021-03-15T08:30',
        [*_p(NEWS[:2]), _picture(CAPTION, '/upload/2021/anh1.jpg'), *_p(NEWS[2:])],
        [*NEWS[:2], CAPTION, *NEWS[2:]],
        sapo='Đề tài do Trung tâm Ứng dụng tiến bộ khoa học chủ trì đã hoàn thành sau hai năm thực hiện với nhiều kết quả khả quan.',
        byline='Thu Huyền', authors=['Thu Huyền'],
    ),
    Printed(
        'notice', 'Thông báo tuyển chọn tổ chức chủ trì nhiệm vụ khoa học và công nghệ năm 2022', '2021-09-06',
        _p(NOTICE),
        NOTICE,
        files=[('/upload/tb-12.pdf', 'Thông báo số 12/TB-SKHCN'), ('/upload/danh-muc.docx', 'Danh mục nhiệm vụ')],
    ),
    Printed(
        'decree', 'Quyết định phê duyệt danh mục nhiệm vụ khoa học và công nghệ cấp tỉnh năm 2020', '2020-02-10T14:05',
        [*_p(DECREE), _table(TASKS, '<p>{}</p>'), *_p(SIGNED)],
        [*DECREE, *_rows(TASKS), *SIGNED],
    ),
    Printed(
        'qa', 'Hỗ trợ chi phí đăng ký nhãn hiệu cho doanh nghiệp nhỏ', '2019-11-22',
        _p(QUESTION),
        QUESTION,
    ),
    Printed(
        'interview', 'Khoa học và công nghệ góp phần nâng cao năng suất, chất lượng sản phẩm chủ lực', '2022-05-17T09:12',
        _p(INTERVIEW),
        INTERVIEW,
        byline='Tin, ảnh: Lê Minh Hà (thực hiện)', authors=['Lê Minh Hà'],
    ),
    Printed(
        'photos', 'Chùm ảnh: Triển lãm sản phẩm khoa học và công nghệ tiêu biểu', '2023-06-01T16:20',
        [f'<p>{GALLERY}</p>', *(_picture(c, f'/upload/anh{n}.jpg') for n, c in enumerate(CAPTIONS))],
        [GALLERY, *CAPTIONS],
    ),
    Printed(
        'plan', 'Kế hoạch triển khai chương trình năng suất chất lượng', '2024-01-08T10:00',
        _p(PLAN),
        PLAN,
    ),
    Printed(
        'english', 'Workshop on organic tea production in highland communes', '2020-05-14T08:00',
        _p(ENGLISH),
        ENGLISH,
    ),
    Printed(
        'brbr', 'Kiểm tra đo lường, chất lượng xăng dầu trên địa bàn tỉnh', '2022-10-24T15:40',
        ['<br><br>'.join(BREAKS)],
        BREAKS,
        byline='Nguyễn Thanh Sơn - Chi cục Tiêu chuẩn Đo lường Chất lượng', authors=['Nguyễn Thanh Sơn'],
    ),
    Printed(
        'video', 'Video: Hành trình đưa khoa học về với nông dân vùng cao', '2023-02-03T07:00',
        ['<iframe src="https://video.example/x" width=560></iframe>', f'<p>{VIDEO}</p>'],
        [VIDEO],
    ),
    Printed(
        'calendar', 'Lịch công tác tuần của lãnh đạo Sở từ ngày 03/5 đến ngày 07/5/2021', '2021-05-01',
        [f'<p>{WEEK_OPENS}</p>', _table(WEEK, '{}')],
        [WEEK_OPENS, *_rows(WEEK)],
    ),
    Printed(
        'one', 'Họp hội đồng tư vấn tuyển chọn dự án nuôi cá lồng', '2020-08-06T11:11',
        _p(ONE),
        ONE,
        byline='Tác giả: K.Oanh', authors=['K.Oanh'],
    ),
    Printed(
        'source', 'Tăng cường công tác bảo đảm an toàn bức xạ, hạt nhân dịp Tết', '2018-01-22T09:48',
        [*_p(REPRINT), '<p align=right><b>Nguồn: Báo Khoa học và Phát triển</b></p>'],
        REPRINT,
    ),
]  # fmt: skip
