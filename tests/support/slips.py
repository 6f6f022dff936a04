"""A slip's content as the domain makes it."""

URL = "http://192.168.1.10:8080/t/Zb3kQ9xW2mN7pR5tY8uV1aC4"
LONGEST_NAME = (
    "Giải quyết chế độ trợ cấp thờ cúng liệt sĩ, cấp giấy xác nhận thân nhân của người có công "
    "với cách mạng, hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội và người lao động có "
    "thu nhập thấp trong xã"
)[:200]


def content(**changes: object) -> dict[str, object]:
    """Return an ordinary slip's content with some fields changed."""
    return {
        "v": 1,
        "language": "vi",
        "branch": "Điểm Phục vụ hành chính công xã mẫu",
        "authority": "ỦY BAN NHÂN DÂN XÃ MẪU",
        "number": "A012",
        "service": "Hộ tịch – Chứng thực",
        "service_en": "Civil status – Certification",
        "ahead": 4,
        "estimate": {"low": 600, "high": 1200},
        "counters": [1, 3],
        "zone": "Khu A",
        "url": URL,
        "hotline": "024 3926 0000",
        "local": "09:42 · 23/11/2026",
        "notes": [],
        **changes,
    }
