"""A newcomer's first day, from an empty folder to a workbook, every step with the real programs."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Command, Run
from openpyxl import Workbook, load_workbook
from test_cli import answered
from test_hooks import Clone

LEDGER: tuple[Sequence[object], ...] = (
    ("城桥区学校台账",),
    ("序号", "学校名称", "办学类型", "办学水平", "城乡类型", "备注"),
    (1, "桥东小学", "小学", "优质", "城区", None),
    (2, "桥西小学", "小学", "一般", "乡村", "寄宿制"),
    (3, "桥北中学", "初级中学", "优质", "镇区", None),
    ("合计", 3),
)
MAPPING = "mappings/学校台账.yaml"


class Newcomer(Clone):
    """Somebody with a folder, a shell, git and xqctl."""

    def __init__(self, tmp_path: Path, xqctl: Command) -> None:
        self.run = xqctl
        self.above = tmp_path
        done = xqctl("init", "城桥区", "--code", "310151", "--ci", "gitlab", "--yes", cwd=tmp_path)
        assert done.code == 0, done.err
        super().__init__(tmp_path / "城桥区", tmp_path / "home")

    def xqctl(self, *words: str, code: int = 0) -> Run:
        done = self.run(*words, cwd=self.folder)
        assert done.code == code, done.out + done.err
        return done

    def keeps(self, said: str) -> None:
        """Commits, and the hook lets it pass."""
        done = self.commit(said)
        assert done.returncode == 0, done.stdout + done.stderr

    def is_stopped(self, said: str, because: str) -> None:
        """Commits, and the hook does not let it pass."""
        done = self.commit(said)
        assert done.returncode != 0
        assert because in done.stdout + done.stderr

    def read(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def share(self) -> str:
        """The pairing ratio, as `check` says it: counted from the register."""
        data = answered(self.xqctl("check", "--fail-on", "never", "--format", "json").out)
        (verdict,) = [each for each in data["verdicts"] if each["target"] == "示例结对比例"]
        return f"{verdict['numerator']}/{verdict['denominator']}"


@pytest.fixture
def newcomer(tmp_path: Path, xqctl: Command) -> Newcomer:
    return Newcomer(tmp_path, xqctl)


def test_the_first_day(newcomer: Newcomer) -> None:
    # It can be checked at once, and shows a number.
    assert "没有问题" in newcomer.xqctl("validate").out
    assert newcomer.share() == "2/4"
    newcomer.install("pre-commit")
    newcomer.keeps("begin")

    # Edit: an example becomes a real school, everywhere it is named.
    for file in ("schools.yaml", "units.yaml"):
        path = newcomer.folder / file
        path.write_text(path.read_text(encoding="utf-8").replace("示例乡村小学", "白石小学"), encoding="utf-8")
    newcomer.xqctl("validate")
    newcomer.keeps("our first school")

    # Break: the hook stops it, and says where.
    newcomer.change("units.yaml", "form: pair", "form: pear")
    newcomer.is_stopped("break", "XQS004")

    # Tolerate what is known in a baseline; what is new is stopped all the same.
    newcomer.xqctl("baseline", "write")
    newcomer.keeps("known")
    newcomer.change("units.yaml", "form: cooperative", "form: corporate")
    newcomer.is_stopped("one more", "XQS004")
    newcomer.change("units.yaml", "form: corporate", "form: cooperative")

    # Mend: the baseline knows too much now, says so, and is pruned.
    newcomer.change("units.yaml", "form: pear", "form: pair")
    assert "XQU006" in newcomer.xqctl("validate").out
    newcomer.xqctl("baseline", "prune")
    assert "没有问题" in newcomer.xqctl("validate").out
    newcomer.keeps("mended")

    # One layout for everybody: what the files say stays.
    before = newcomer.xqctl("diff", "--format", "mergepatch").out
    newcomer.change("schools.yaml", "    stages: primary\n    # 办学水平", "    stages:   'primary'\n    # 办学水平")
    newcomer.xqctl("fmt", "--check", code=1)
    newcomer.xqctl("fmt")
    newcomer.xqctl("fmt", "--check")
    assert newcomer.xqctl("diff", "--format", "mergepatch").out == before
    assert newcomer.git("status", "--porcelain") == ""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A bureau's workbook of schools."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "学校台账"
    for row in LEDGER:
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    book.save(tmp_path / "ledger.xlsx")
    return tmp_path / "ledger.xlsx"


def test_a_workbook_comes_in_and_goes_out(newcomer: Newcomer, ledger: Path) -> None:
    newcomer.install("pre-commit")
    newcomer.keeps("begin")

    # In: what would change is shown first, then written.
    (newcomer.folder / MAPPING).parent.mkdir()
    newcomer.xqctl("import", "xlsx", str(ledger), "--guess", "-o", MAPPING)
    before = newcomer.read("schools.yaml")
    shown = newcomer.xqctl("import", "xlsx", str(ledger), "--into", ".", "--mapping", MAPPING).out
    assert "桥东小学" in shown
    assert newcomer.read("schools.yaml") == before
    newcomer.xqctl("import", "xlsx", str(ledger), "--into", ".", "--mapping", MAPPING, "--write")
    assert newcomer.read("schools.yaml").startswith(before.rstrip())
    assert "没有问题" in newcomer.xqctl("validate").out
    assert newcomer.share() == "2/7"
    newcomer.keeps("the ledger")

    # Out: the same schools; and in again, nothing changes.
    newcomer.xqctl("export", "xlsx", ".", "-o", "../out.xlsx")
    book = load_workbook(newcomer.above / "out.xlsx")
    rows = [list(row) for sheet in book for row in sheet.iter_rows(values_only=True)]
    assert all(any(name in row for row in rows) for name in ("桥东小学", "桥西小学", "桥北中学", "示例实验小学"))
    newcomer.xqctl("import", "xlsx", "../out.xlsx", "--into", ".", "--write")
    assert newcomer.git("status", "--porcelain") == ""


def test_a_report_opens_in_libreoffice_with_the_same_numbers(newcomer: Newcomer) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None and not os.environ.get("CI"):
        pytest.skip("LibreOffice is not here: apt-get install libreoffice-calc-nogui")
    assert office is not None
    for file in ("data.xlsx", "report.xlsx"):
        words = ("export", "xlsx", ".") if file == "data.xlsx" else ("report",)
        newcomer.xqctl(*words, "-o", f"../{file}")
    opened = newcomer.above / "opened"
    call = [
        office,
        f"-env:UserInstallation={(newcomer.above / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    files = [newcomer.above / "data.xlsx", newcomer.above / "report.xlsx"]
    subprocess.run([*call, "--outdir", opened, *files], check=True, capture_output=True, timeout=300)
    for file in files:
        ours, theirs = (load_workbook(folder / file.name, data_only=True) for folder in (newcomer.above, opened))
        assert ours.sheetnames == theirs.sheetnames
        for sheet in ours:
            for row in sheet.iter_rows():
                for cell in row:
                    found = theirs[sheet.title][cell.coordinate].value
                    assert _same(cell.value, found), f"{file.name} {sheet.title}!{cell.coordinate}"


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) <= 1e-9 * max(1, abs(ours))
    return ours == theirs or (not ours and not theirs)
