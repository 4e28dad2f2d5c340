"""Which folders are applicants': whole trees as people send them."""

from __future__ import annotations

from pathlib import Path

import pytest

from degreecheck import folder
from degreecheck.desk.discovery import bears_person, discover, is_applicant
from make_desks import tree

ALONE = "ALONE"


def found(root: Path, **options: object) -> list[str]:
    return [one.shown if one.desk is not None else ALONE for one in discover(root, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # A form, or names that name slots, make an applicant.
        (("张三/application.json", "李四/身份证.jpg", "王五/证件/1.jpg"), ["张三", "李四", "王五"]),
        # Subfolders belong to their applicant, under generic names and deeper too.
        (("李四/材料/照片.jpg",), ["李四"]),
        (("李四/学位申请材料/证件/身份证正面.jpg", "李四/学位申请材料/论文/终稿.docx"), ["李四"]),
        (("李四/材料/证件/1.jpg", "李四/资料/2.jpg"), ["李四"]),
        (("李四/李四/照片.jpg",), ["李四"]),
        (("李四-学位申请/李四材料/照片.jpg", "王五/论文.pdf"), ["李四-学位申请", "王五"]),
        (("李四/扫描件/毕业证.jpg", "李四/备用/x.jpg"), ["李四"]),
        # A form makes an applicant of any folder, also of one that could be a part of somebody's papers.
        (("a/application.json", "材料/application.json", "张三/照片.jpg"), ["a", "张三", "材料"]),
        (("A/张三/照片.jpg", "B/李四/照片.jpg", "王五/照片.jpg"), ["A/张三", "B/李四", "王五"]),
        # Classes nest.
        (("一班/张三/证件/1.jpg", "二班/李四/application.json"), ["一班/张三", "二班/李四"]),
        (("学院/一班/张三/照片.jpg", "学院/一班/李四/照片.jpg"), ["学院/一班/张三", "学院/一班/李四"]),
        (("材料/张三/毕业证.jpg", "材料/李四/毕业证.jpg"), ["材料/张三", "材料/李四"]),
        (("上半年/自考/张三/毕业证.jpg", "上半年/自考/李四/毕业证.jpg"), ["上半年/自考/张三", "上半年/自考/李四"]),
        # What lies about on a desk makes no applicant of it.
        (("毕业证.jpg", "任务书.docx", "张三/毕业证.jpg", "李四/毕业证.jpg"), ["张三", "李四"]),
        (("照片/张三.jpg", "照片/李四.jpg", "张三/毕业证.jpg", "李四/毕业证.jpg"), ["张三", "李四"]),
        (("材料/任务书.docx", "张三/毕业证.jpg", "李四/毕业证.jpg"), ["张三", "李四"]),
        (("毕业证.jpg", "张三/application.json"), ["张三"]),
        (("名册.xlsx", "truth.json", "Thumbs.db", ".git/x/照片.jpg", "张三/照片.jpg"), ["张三"]),
        # A person whose files say nothing, or who has none, is not passed over in silence.
        (("张三/照片.jpg", "王五/微信图片_1.jpg", "赵六/"), ["张三", "王五", "赵六"]),
        (("2021000112/IMG_1.jpg", "通知/2026年通知.pdf"), ["2021000112"]),
        # One applicant.
        (("身份证.jpg", "微信传的/照片.jpg"), [ALONE]),
        (("application.json", "张三/照片.jpg"), [ALONE]),
        (("材料/照片.jpg",), [ALONE]),
        (("微信图片_1.jpg", "IMG_2.png"), [ALONE]),
        # Nobody.
        (("名册.xlsx",), []),
        (("通知/说明.txt",), []),
        ((), []),
        # A bundle is one applicant, and so is what it holds.
        (("张三-工商管理-学位申请材料/bagit.txt", "张三-工商管理-学位申请材料/data/application.json"),
         ["张三-工商管理-学位申请材料"]),
        (("bagit.txt", "data/application.json"), [ALONE]),
        # Somebody keeps the form deeper, and has other papers beside it.
        (("张三/材料/application.json", "李四/照片.jpg"), ["张三/材料", "李四"]),
    ],
)  # fmt: skip
def test_applicants_in_a_tree(files: tuple[str, ...], expected: list[str], tmp_path: Path) -> None:
    assert found(tree(tmp_path / "desk", *files)) == expected


def test_names_are_in_natural_order(tmp_path: Path) -> None:
    files = [f"{number}-林小满/照片.jpg" for number in (10, 2, 1)]
    assert found(tree(tmp_path, *files)) == ["1-林小满", "2-林小满", "10-林小满"]


def test_a_roster_makes_known_who_is_not_known_by_the_name(tmp_path: Path) -> None:
    root = tree(tmp_path, "甲/IMG_1.jpg", "乙/")
    assert found(root) == [ALONE]  # pictures of one person, as far as anybody can tell
    assert found(root, wanted=lambda name: name in {"甲", "乙"}) == ["乙", "甲"]


def test_too_deep_is_not_looked_for(tmp_path: Path) -> None:
    assert found(tree(tmp_path, "一/二/三/四/application.json")) == []


def test_links_are_not_followed(tmp_path: Path) -> None:
    tree(tmp_path / "elsewhere" / "张三", "照片.jpg")
    desk = tree(tmp_path / "desk", "李四/照片.jpg")
    (desk / "张三").symlink_to(tmp_path / "elsewhere" / "张三", target_is_directory=True)
    assert found(desk) == ["李四"]


def test_what_cannot_be_listed_is_told_before_anything(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "没有", "gone"), (tree(tmp_path, "a.txt") / "a.txt", "not_a_folder")):
        with pytest.raises(folder.NotAFolder) as caught:
            discover(path)
        assert caught.value.reason == reason


def test_paths_are_whole_and_shown_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path / "张三", "照片.jpg")
    monkeypatch.chdir(tmp_path)
    (one,) = discover(Path("张三"))
    assert (one.path.is_absolute(), one.shown) == (True, "张三")
    (on_desk,) = discover(Path())
    assert (on_desk.path, on_desk.desk) == (tmp_path / "张三", tmp_path)


def test_names_that_bear_a_person() -> None:
    assert all(map(bears_person, ["张三", "20210001张三", "欧阳知秋-学位申请", "010517200123", "Zhang San"]))
    assert not any(map(bears_person, ["一班", "2024级", "证件", "模板", "新建文件夹 (2)"]))


def test_one_folder(tmp_path: Path) -> None:
    assert is_applicant(tree(tmp_path / "甲", "身份证.jpg"))
    assert not is_applicant(tree(tmp_path / "乙", "x.txt"))
    assert not is_applicant(tmp_path / "没有")
