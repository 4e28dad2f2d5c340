"""The first look: who a folder is, and where the photo may be; never an exception."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import make_desks
from degreecheck.desk.discovery import Found, discover
from degreecheck.desk.survey import Person, survey


def look(path: Path) -> Person:
    (person,) = survey([Found(path, path.name, path.parent)])
    return person


def test_a_form_tells_who_it_is(tmp_path: Path) -> None:
    changes = {"personal.id_number": "５００１０５ 19950812012x", "personal.name": "林 小满",
               "language.certificate_number": "ab 12"}  # fmt: skip
    person = look(make_desks.applicant(tmp_path / "甲", 0, changes))
    assert person.identity.name == "林小满"
    assert person.identity.id_number == "50010519950812012X"
    assert person.identity.exam_number == make_desks.exam_number(0)
    assert person.identity.certificate_number == "AB12"
    assert person.identity.from_form
    assert person.label == "林小满 (甲)"


def test_a_folders_name_tells_where_no_form_does(tmp_path: Path) -> None:
    person = look(make_desks.tree(tmp_path / "010517200123+林小满", "照片.jpg", "微信图片_1.jpg", "空.jpg"))
    assert person.identity.names == ("林小满",)
    assert person.identity.numbers == ("010517200123",)
    assert person.photos == (("照片.jpg", 2),)
    assert not person.identity.from_form
    assert person.label == "010517200123+林小满"


def test_a_form_without_name_and_numbers_leaves_them_to_the_folder(tmp_path: Path) -> None:
    blank = {"personal.name": "", "personal.id_number": "", "personal.exam_number": ""}
    person = look(make_desks.applicant(tmp_path / "何清越-010517200001", 0, blank))
    assert (person.identity.names, person.identity.numbers) == (("何清越",), ("010517200001",))


@pytest.mark.parametrize(
    "data",
    [b"{", b"[]", b"", json.dumps({"personal": [1], "materials": 3}).encode(), b'{"personal": {"name": 5}}',
     json.dumps({"materials": {"photo": ["../../x.jpg", 7, "CON", "没有.jpg"]}}).encode()],
)  # fmt: skip
def test_any_form_is_somebody(data: bytes, tmp_path: Path) -> None:
    folder = make_desks.tree(tmp_path / "林小满", "照片.jpg")
    (folder / "application.json").write_bytes(data)
    person = look(folder)
    assert person.identity.names == ("林小满",)
    assert person.photos == ()


def test_a_bundle_is_known_by_its_payload(tmp_path: Path) -> None:
    bundle = make_desks.tree(tmp_path / "张三-学位申请材料", "bagit.txt", "data/上传材料/05-电子照片.jpg")
    make_desks.applicant(bundle / "data", 2, {"materials": {"photo": ("上传材料/05-电子照片.jpg",)}})
    (person,) = survey(discover(tmp_path))
    assert person.identity.name == make_desks.NAMES[2]
    assert person.place == bundle / "data"
    assert person.photos == (("上传材料/05-电子照片.jpg", 2),)


def test_a_folder_that_is_gone_is_a_person_of_whom_nothing_is_known(tmp_path: Path) -> None:
    assert look(tmp_path / "没有").photos == ()
