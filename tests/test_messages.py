"""Every message has its Chinese, and says the same in both languages."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent / ".ci" / "messages.py"


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    """The script that keeps the translations."""
    spec = importlib.util.spec_from_file_location("ci_messages", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_nothing_lacks_its_chinese(messages: ModuleType) -> None:
    faults = list(messages.faults())
    assert not faults, "\n" + "\n".join(faults)


def test_a_fragment_is_merged_and_compiled(
    messages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "xqctl" / "say.py"
    code.parent.mkdir()
    code.write_text('msg("{n} schools", n=1), msg("none"), msg(f"{n}"), msg("{m} lost", n=2)', encoding="utf-8")
    fragment = tmp_path / "fragment.po"
    fragment.write_text('msgid "{n} schools"\nmsgstr "{n}所学校"\n\nmsgid "gone"\nmsgstr "没了"\n', encoding="utf-8")
    home = tmp_path / "locale"
    for name, value in {"ROOT": tmp_path, "HOME": home, "PO": home / "xqctl.po", "MO": home / "xqctl.mo"}.items():
        monkeypatch.setattr(messages, name, value)
    assert list(messages.faults())[-1] == "locale/xqctl.po is missing"

    messages.merge([fragment])

    assert "没了" not in (home / "xqctl.po").read_text(encoding="utf-8")
    assert list(messages.faults()) == [
        "xqctl/say.py:1: a message has to be a literal",
        "xqctl/say.py:1: '{m} lost' holds ['m'] and is given ['n']",
        "xqctl/say.py:1: no Chinese for 'none'",
        "xqctl/say.py:1: no Chinese for '{m} lost'",
    ]
    (home / "xqctl.mo").unlink()
    assert list(messages.faults())[-1] == "locale/xqctl.mo is not what xqctl.po says; run .ci/messages.py"
