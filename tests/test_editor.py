"""What an editor shows of a district's files: the real YAML language server, over its protocol, without a network."""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest
from conftest import Command, environment

ROOT = Path(__file__).parent.parent
SERVER = ROOT / "build" / "editor" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
LACKING = [name for name, found in (("node", shutil.which("node")), (str(SERVER), SERVER.is_file())) if not found]
SECONDS = 30

pytestmark = pytest.mark.skipif(
    bool(LACKING) and not os.environ.get("CI"), reason=f"not installed (see .ci/run): {', '.join(LACKING)}"
)


class Editor:
    """An editor at a folder: opens files, and asks what can be seen and written in them."""

    def __init__(self, folder: Path, settings: dict[str, Any]) -> None:
        self.folder, self.settings = folder, settings
        closed = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
        self.process = subprocess.Popen(
            ["node", SERVER, "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(closed),
        )
        self.arrived: Queue[dict[str, Any]] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.last = 0
        root = folder.as_uri()
        self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": folder.name}],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {
                        "hover": {"contentFormat": ["markdown"]},
                        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                    },
                },
            },
        )
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": settings})

    def _listen(self) -> None:
        assert self.process.stdout is not None
        while header := self.process.stdout.readline():
            length = int(header.split(b":")[1])
            while self.process.stdout.readline().strip():
                pass
            self.arrived.put(json.loads(self.process.stdout.read(length)))

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first message that is wanted; what the server asks meanwhile is answered from the settings."""
        while True:
            try:
                message = self.arrived.get(timeout=SECONDS)
            except Empty:
                pytest.fail("the language server does not answer")
            if "method" in message and "id" in message:
                items = message.get("params", {}).get("items", ())
                found = [self._section(item.get("section", "")) for item in items]
                is_asked = message["method"] == "workspace/configuration"
                self._send({"id": message["id"], "result": found if is_asked else None})
            if wanted(message):
                return message

    def _section(self, name: str) -> Any:
        """What the settings say below ``yaml.``, as an editor hands it over."""
        found: dict[str, Any] = {}
        for key, value in self.settings.items():
            if key.startswith(f"{name}."):
                *above, last = key.removeprefix(f"{name}.").split(".")
                here = found
                for step in above:
                    here = here.setdefault(step, {})
                here[last] = value
        return found or None

    def tell(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self.last += 1
        number = self.last
        self._send({"id": number, "method": method, "params": params})
        answer = self._until(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def open(self, file: str, text: str | None = None) -> list[dict[str, Any]]:
        """Opens a file, with another text in it if wanted; what the server finds wrong."""
        uri = (self.folder / file).as_uri()
        said = (self.folder / file).read_text(encoding="utf-8") if text is None else text
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": said}
        self.tell("textDocument/didOpen", {"textDocument": document})
        found = self._until(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics" and _same(message["params"]["uri"], uri)
            )
        )
        return found["params"]["diagnostics"]

    def hover(self, file: str, text: str, word: str) -> str:
        answer = self.ask("textDocument/hover", self._place(file, text, word, 1))
        return answer["contents"]["value"] if answer else ""

    def completions(self, file: str, text: str, word: str) -> list[str]:
        """What is offered right behind `word`."""
        answer = self.ask("textDocument/completion", self._place(file, text, word, len(word)))
        return [item["label"] for item in answer["items"]]

    def _place(self, file: str, text: str, word: str, behind: int) -> dict[str, Any]:
        at = text.index(word) + behind
        line = text.count("\n", 0, at)
        place = {"line": line, "character": at - (text.rfind("\n", 0, at) + 1)}
        return {"textDocument": {"uri": (self.folder / file).as_uri()}, "position": place}

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


def _same(uri: str, other: str) -> bool:
    return uri.lower().replace("%3a", ":") == other.lower().replace("%3a", ":")


@pytest.fixture
def district(xqctl: Command, tmp_path: Path) -> Path:
    """A district as `init` makes it."""
    folder = tmp_path / "district"
    done = xqctl("init", folder, "--name", "城桥区", "--code", "310151", "--yes")
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def editor(district: Path) -> Iterator[Editor]:
    """An editor there, with the settings `init` wrote."""
    settings = json.loads((district / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    found = Editor(district, settings)
    yield found
    found.close()


def without_modeline(path: Path) -> str:
    return "".join(row for row in path.read_text(encoding="utf-8").splitlines(keepends=True) if "$schema" not in row)


def test_what_init_writes_is_right_in_the_editor_too(editor: Editor, district: Path) -> None:
    for path in sorted(district.glob("*.yaml")):
        assert editor.open(path.name) == [], path.name


def test_hover_explains_fields_and_words_in_chinese(editor: Editor, district: Path) -> None:
    text = (district / "units.yaml").read_text(encoding="utf-8")
    editor.open("units.yaml")
    assert "教育集团" in editor.hover("units.yaml", text, "groups:")
    form = editor.hover("units.yaml", text, "form: cooperative")
    assert "形式" in form
    assert "教育集团的组成形式" in form
    assert "How a group is formed" in form
    assert "`cooperative`: 协作" in form


def test_completion_offers_fields_and_words(editor: Editor) -> None:
    text = "groups:\n  示例集团:\n    \n    form: \n    members:\n      甲校: \n"
    editor.open("more.yaml", text)
    fields = editor.completions("more.yaml", text, "示例集团:\n    ")
    assert {"tightness", "contract", "since", "source"} <= set(fields)
    assert "form" not in fields
    assert {"merged", "entrusted", "cooperative"} <= set(editor.completions("more.yaml", text, "form: "))
    assert {"lead", "deputy", "branch"} <= set(editor.completions("more.yaml", text, "甲校: "))


@pytest.mark.parametrize(
    ("text", "told", "line"),
    [
        ("groups:\n  示例集团:\n    form: mergd\n", "merged", 2),
        ("groups:\n  示例集团:\n    memberz: {}\n", "memberz", 2),
        ("gruops: {}\n", "gruops", 0),
        ("schools:\n  甲校: {standing: 优质}\n", "quality", 1),
    ],
)
def test_a_wrong_word_is_marked(editor: Editor, text: str, told: str, line: int) -> None:
    found = editor.open("more.yaml", text)
    assert [each["range"]["start"]["line"] for each in found] == [line]
    assert told in found[0]["message"]


def test_a_relative_modeline_is_enough(district: Path) -> None:
    bare = Editor(district, {})
    try:
        text = "# yaml-language-server: $schema=.xqctl/xqctl.schema.json\ngroups: {甲集团: {form: mergd}}\n"
        assert "merged" in bare.open("more.yaml", text)[0]["message"]
        assert "形式" in bare.hover("more.yaml", text, "form:")
        inside = text.replace("=.xqctl", "=../.xqctl")
        assert "merged" in bare.open("units/more.yaml", inside)[0]["message"]
    finally:
        bare.close()


def test_plans_have_schemas_of_their_own(editor: Editor, district: Path) -> None:
    folder = district / "plans" / "2026"
    folder.mkdir(parents=True)
    removed = "groups:\n  示例第一中学教育集团: null\n  另一集团: {form: null, since: null}\n"
    assert editor.open("plans/2026/units.yaml", removed) == []
    assert len(editor.open("more.yaml", removed)) > 0
    wrong = editor.open("plans/2026/more.yaml", "groups: {另一集团: {form: mergd}}\n")
    assert "merged" in wrong[0]["message"]
    plan = "title: 新学年方案\ndepartment: 教育局\nfrom: 2026-09\nexpects: {groups: {}}\n"
    assert editor.open("plans/2026/plan.yaml", plan) == []
    assert "生效日期" in editor.hover("plans/2026/plan.yaml", plan, "from:")
    assert editor.open("plans/2027/plan.yaml", "titel: 方案\n") != []


def test_mappings_settings_and_baselines_have_schemas_too(editor: Editor) -> None:
    mapping = "tables:\n  学校台账:\n    into: schools\n    id: 学校名称\n    columns: {办学水平: standing}\n"
    assert editor.open("mappings/学校台账.yaml", mapping) == []
    assert editor.open("mappings/错误.yaml", mapping.replace("into", "intoo")) != []
    assert editor.open(".xqctl.yaml", "ignore: [XQZ001]\n") == []
    assert editor.open(".xqctl-baseline.yaml", "known: {XQS004: {groups.甲集团.form: one}}\n") != []


def test_every_example_is_right_in_the_editor(editor: Editor, district: Path) -> None:
    shutil.copytree(ROOT / "examples", district / "examples")
    for path in sorted((district / "examples").glob("*/*.yaml")):
        file = path.relative_to(district).as_posix()
        assert editor.open(file, without_modeline(path)) == [], file
