"""The command line as people call it: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TODAY = ("--today", "2026-04-20")
QUICK = (*TODAY, "--no-text")  # reading the print has tests of its own


def degreecheck(
    *arguments: str | Path, encoding: str = "utf-8", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "degreecheck", *map(str, arguments)],
        capture_output=True, encoding=encoding, errors="replace", timeout=120, check=False,
        env=os.environ | {"PYTHONIOENCODING": encoding} | environment,
    )  # fmt: skip


def checked(folder: Path, *more: str) -> tuple[int, dict[str, Any]]:
    done = degreecheck("check", folder, "--json", "-", *QUICK, *more)
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout)


def codes(report: dict[str, Any]) -> set[str]:
    return {finding["code"] for finding in report["findings"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "张三 学位申请"
    assert degreecheck("new", made).returncode == 0
    return made


def write(folder: Path, data: bytes | dict[str, Any]) -> Path:
    path = folder / "application.json"
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode())
    return path


def test_a_new_application_has_errors_and_says_which(folder: Path) -> None:
    code, report = checked(folder)
    assert code == 1
    assert report["verdict"] == "fix"
    assert {"IDN101", "IDN201", "SCH201", "CRS101", "THS101", "LNG101"} <= codes(report)
    assert report["counts"]["error"] == sum(finding["severity"] == "error" for finding in report["findings"])
    assert report["form_source"] == "file"
    assert report["not_checked"]
    for finding in report["findings"]:
        assert finding["message"]
        assert finding["fix"]
        assert finding["source"]


def test_new_never_overwrites(folder: Path) -> None:
    before = (folder / "application.json").read_bytes()
    again = degreecheck("new", folder)
    assert again.returncode == 2
    assert "没有改动" in again.stderr
    assert (folder / "application.json").read_bytes() == before


def test_checking_writes_nothing_into_the_folder(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    checked(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"personal": {"name": "', "只保存了一半"),
        (b"", "空的"),
        ('{"personal": {"name": "张三"}}'.encode("gbk"), "GBK"),
        (b"[" * 200_000, "嵌套过深"),
        (b'{"x": "' + b"a" * 50_000_000 + b'"}', "5 MB"),
        (b"[]", "不是一份申请表"),
        ('{"personal": {}}'.encode("utf-16"), "UTF-8"),
    ],
    ids=["half", "empty", "gbk", "deep", "50 MB", "list", "utf-16"],
)
def test_an_unreadable_form_is_told_and_left_alone(folder: Path, data: bytes, sentence: str) -> None:
    path = write(folder, data)
    code, report = checked(folder)
    assert code == 3
    assert report["verdict"] == "unreadable"
    assert codes(report) == {"SYS102"}
    assert sentence in report["findings"][0]["message"]
    assert path.read_bytes() == data


def test_wrong_kinds_everywhere_lose_nothing(folder: Path) -> None:
    data = {
        "personal": 1,
        "institution": "x",
        "courses": [2],
        "thesis": None,
        "language": True,
        "materials": 3,
        "confirmations": {},
        "answers": [],
        "submission": "no",
        "photo_crop": {},
        "schema_version": [1],
    }
    write(folder, data)
    code, report = checked(folder)
    assert code == 1
    aside = {finding["field"] for finding in report["findings"] if finding["code"] == "SYS101"}
    assert aside == {"personal", "institution", "courses", "language", "materials", "answers", "submission",
                     "photo_crop", "schema_version"}  # fmt: skip


def test_duplicate_keys_and_a_byte_order_mark(folder: Path) -> None:
    write(folder, b'\xef\xbb\xbf{"personal": {"name": "\xe5\xbc\xa0\xe4\xb8\x89", "name": "\xe6\x9d\x8e\xe5\x9b\x9b"}}')
    _, report = checked(folder)
    assert report["applicant"]["name"] == "李四"
    (aside,) = [finding for finding in report["findings"] if finding["code"] == "SYS101"]
    assert aside["values"]["set_aside"] == "张三"


def test_a_number_lost_to_a_spreadsheet(folder: Path) -> None:
    write(folder, {"personal": {"exam_number": "5.00101E+11", "id_number": "500101199003071000"}})
    _, report = checked(folder)
    messages = {finding["code"]: finding["message"] for finding in report["findings"]}
    assert "电子表格" in messages["IDN502"]
    assert "电子表格" in messages["IDN204"]


def test_paths_that_leave_the_folder_are_never_opened(folder: Path) -> None:
    secret = folder.parent / "secret.jpg"
    secret.write_bytes(b"\xff\xd8")
    paths = ["../secret.jpg", str(secret), "CON", "materials/../../secret.jpg", "a.jpg:b"]
    write(folder, {"materials": {"other": paths}})
    _, report = checked(folder)
    found = [finding for finding in report["findings"] if finding["code"] == "SYS103"]
    assert len(found) == len(paths)
    assert all(finding["severity"] == "error" and finding["file"] is None for finding in found)


def test_id_numbers_are_masked_unless_told(folder: Path) -> None:
    number = "500101199003071238"
    write(folder, {"personal": {"name": f"张三{number}", "id_number": number, "birth_date": "1990-03-08"},
                   "materials": {"other": [f"materials/{number}.jpg"]}})  # fmt: skip
    for arguments in (("--json", "-"), (), ("--lang", "en")):
        done = degreecheck("check", folder, *QUICK, *arguments)
        shown = done.stdout + done.stderr
        assert number not in shown
        assert "19900307" not in shown
        assert "1238" in shown
    assert number in degreecheck("check", folder, "--json", "-", "--unmasked", *QUICK).stdout


def test_wrong_usage(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x", encoding="utf-8")
    empty = tmp_path / "空"
    empty.mkdir()
    for arguments, sentence in (
        (("check", tmp_path / "没有"), "找不到"),
        (("check", file), "不是文件夹"),
        (("check", empty), "没有申请文件夹"),
        (("check", folder, "--today", "soon"), "不是日期"),
        (("check", folder, "--pack", "nowhere"), "没有这个学校规则"),
        (("check", folder, "--lang", "fr"), "没有这种语言"),
        (("check", folder, "--json", tmp_path / "没有" / "a.json"), "无法写入"),
        (("explain", "ABC999"), "没有检查项"),
        (("new", tmp_path / "x", "--type", "doctor"), "没有这种考生类型"),
        (("check",), ""),
        (("nonsense",), ""),
        (("check", folder, "--jobs", "0"), ""),
    ):
        done = degreecheck(*arguments)
        assert done.returncode == 2, arguments
        assert sentence in done.stderr
        assert done.stderr
        assert "Traceback" not in done.stderr


def test_a_pack_with_an_unknown_key_is_told_line_by_line(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('id = "own"\nversion = "1"\n\n[school]\nname = "a"\nnames = ["a"]\nmotto = "x"\n', encoding="utf-8")
    for arguments, code in ((("pack", "check", own), 1), (("check", folder, "--pack", own), 2)):
        done = degreecheck(*arguments)
        assert done.returncode == code
        assert "第 7 行" in done.stderr
        assert "school.motto" in done.stderr
        assert "routes" in done.stderr
    assert degreecheck("pack", "check", tmp_path / "gone.toml").returncode == 2


def test_a_form_that_names_an_unknown_pack(folder: Path) -> None:
    write(folder, {"pack": "atlantis"})
    done = degreecheck("check", folder, *QUICK)
    assert done.returncode == 2
    assert "atlantis" in done.stderr


def test_a_desk_prints_one_json_line_for_each_even_with_one_child(tmp_path: Path) -> None:
    desk = tmp_path / "一班"
    for name in ("10-王五", "2-李四"):
        degreecheck("new", desk / name)
    done = degreecheck("check", desk, "--json", "-", *QUICK)
    assert [json.loads(line)["folder"] for line in done.stdout.splitlines()] == ["2-李四", "10-王五"]
    single = tmp_path / "二班"
    degreecheck("new", single / "赵六")
    done = degreecheck("check", single, "--json", "-", *QUICK)
    assert json.loads(done.stdout)["folder"] == "赵六"
    table = degreecheck("check", desk, *QUICK)
    assert table.returncode == 1
    assert "共 2 人" in table.stdout


def test_one_unreadable_applicant_never_stops_the_others(tmp_path: Path) -> None:
    for name in ("甲", "乙", "丙"):
        degreecheck("new", tmp_path / name)
    write(tmp_path / "乙", b"{")
    done = degreecheck("check", tmp_path, "--json", "-", *QUICK)
    verdicts = {report["folder"]: report["verdict"] for report in map(json.loads, done.stdout.splitlines())}
    assert verdicts == {"甲": "fix", "乙": "unreadable", "丙": "fix"}
    assert done.returncode == 1


def test_json_goes_to_a_file_too(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "结果.json"
    done = degreecheck("check", folder, "--json", target, *QUICK)
    assert json.loads(target.read_text(encoding="utf-8"))["verdict"] == "fix"
    assert "有错误" in done.stdout


def test_piped_output_is_plain(folder: Path) -> None:
    done = degreecheck("check", folder, *QUICK)
    assert "\x1b" not in done.stdout
    assert "✕" in done.stdout
    assert not done.stderr


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
def test_any_console_encoding_will_do(folder: Path, encoding: str) -> None:
    done = degreecheck("check", folder, *QUICK, encoding=encoding)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "IDN101" in done.stdout
    report = degreecheck("check", folder, "--json", "-", *QUICK, encoding=encoding)
    assert json.loads(report.stdout.encode(encoding, "replace").decode("utf-8", "replace"))["verdict"] == "fix"


def test_id_numbers_on_the_command_line() -> None:
    done = degreecheck("id", "500101199003071238", "50010119900307123X", "500101900307123", "12", "--json", *TODAY)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [set(line) for line in lines] == [{"number", "valid", "birth_date", "sex", "codes", "message"}] * 4
    assert [line["codes"] for line in lines[2:]] == [["IDN202"], ["IDN202"]]
    assert all(line["message"] for line in lines)
    assert degreecheck("id", "11010519491231002X").returncode == 0


def test_rules_explain_themselves() -> None:
    listed = json.loads(degreecheck("rules", "--json").stdout)
    assert len(listed) > 60
    for entry in listed:
        assert entry["title"]
        assert entry["fix"]
        assert entry["source"]
    plain = degreecheck("rules").stdout.splitlines()
    assert len(plain) == len(listed)
    english = degreecheck("explain", "con104", "--lang", "en").stdout
    assert "conditions.years_after_graduation = 3" in english
    assert "学校未公布" in degreecheck("explain", "CON101").stdout
    assert "65" in degreecheck("explain", "CON101", "--pack", "cqut").stdout


def test_the_schema_has_chinese_titles() -> None:
    schema = json.loads(degreecheck("schema").stdout)
    assert schema["$defs"]["Personal"]["properties"]["id_number"]["title"] == "身份证号"
    assert schema["properties"]["materials"]["title"] == "上传材料"


def test_version_and_help() -> None:
    assert degreecheck("--version").stdout.startswith("degreecheck ")
    assert "check" in degreecheck("--help").stdout
