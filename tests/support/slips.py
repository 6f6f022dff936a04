"""A slip's content as the domain makes it, and a store with printers and jobs in it."""

from pathlib import Path

from queueing.clock import iso, utc_now
from queueing.store import Store
from queueing.store.jobs import Jobs, Printer, PrintJob, add_job, printers

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


class PrintRoom:
    """A branch in a new file, printers added to it, and jobs for them."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "queue.sqlite3")
        self.jobs = Jobs(self.store)
        with self.store.writing() as db:
            db.execute(
                "INSERT INTO branch (id, code, name, timezone) VALUES (1, 'xa', 'Xã', 'UTC')"
            )

    def add_printer(self, address: str, transport: str = "network", width: int = 576) -> Printer:
        """Add a printer, the first one as the default."""
        with self.store.writing() as db:
            count = len(printers(db, 1))
            db.execute(
                "INSERT INTO printer (branch_id, name, transport, address, width, is_default)"
                " VALUES (1, ?, ?, ?, ?, ?)",
                (f"Máy in {count}", transport, address, width, count == 0),
            )
            return printers(db, 1)[-1]

    def add_job(
        self, printer: Printer, *, copy: int = 0, kind: str = "slip", **words: object
    ) -> int:
        """Queue a paper as the deeds do."""
        with self.store.writing() as db:
            return add_job(
                db, printer, None, content(**words), iso(utc_now()), kind=kind, copy=copy
            )

    def printers(self) -> list[Printer]:
        """Return the printers in use."""
        with self.store.reading() as db:
            return printers(db, 1)

    def job(self, job_id: int) -> PrintJob:
        """Return a job that must be there."""
        found = self.jobs.job(job_id)
        assert found is not None
        return found

    def state(self, job_id: int) -> tuple[str, str | None]:
        """Return a job's state and cause."""
        job = self.job(job_id)
        return job.state, job.cause
