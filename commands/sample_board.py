"""What the sample branch's boards show beside the calls, so that a newcomer sees what can be."""

from __future__ import annotations

from typing import Final

from boards.setup import BoardSetup, Duty, Hint, Line
from queueing.people import Actor
from queueing.store import Store
from queueing.store.board_setup import save_board_setup

_SAMPLE: Final = BoardSetup(
    ticker=(
        Line(
            "Giờ làm việc: sáng 7 giờ 30 – 11 giờ 30, chiều 13 giờ 30 – 17 giờ.",
            "Open 7:30–11:30 and 13:30–17:00.",
        ),
        Line(
            "Kết quả được trả tại quầy 6. Xin mang theo giấy hẹn và giấy tờ tùy thân.",
            "Results are handed out at counter 6. Please bring your receipt and an identity card.",
        ),
    ),
    roster=(
        Duty(1, "Hộ tịch – Chứng thực", "Nguyễn Thị Hoa", "Trần Văn Minh"),
        Duty(2, "Hộ tịch, Cư trú", "Trần Văn Minh", "Nguyễn Thị Hoa"),
        Duty(3, "Cư trú – Căn cước", "Lê Thị Lan", "Trần Văn Minh"),
        Duty(4, "Đất đai – Xây dựng", "Phạm Văn Hùng", "Hoàng Thị Thảo"),
        Duty(5, "Lao động – Bảo trợ xã hội", "Hoàng Thị Thảo", "Phạm Văn Hùng"),
        Duty(6, "Trả kết quả", "Vũ Đình Quang", "Hoàng Thị Thảo"),
    ),
    hints=(
        Hint(1, "left", "Bên trái, cạnh cửa vào", "Left, by the entrance"),
        Hint(5, "right", "Bên phải, cuối phòng", "Right, at the end of the room"),
        Hint(6, "right", "Bên phải, cuối phòng", "Right, at the end of the room"),
    ),
)


def dress(store: Store, actor: Actor) -> None:
    """Give the sample branch's boards ticker lines, a duty roster and ways to counters."""
    save_board_setup(store, actor, _SAMPLE.as_json())
