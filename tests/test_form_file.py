"""Reading and writing application.json: nothing is lost, however damaged the file is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck import form_file, paths
from degreecheck.form import Form, NotADate, PartialDate, asked_fields, json_schema, parse_date, value_at, with_value


def parse(data: Any) -> Form:
    return form_file.parse(json.dumps(data).encode())


def aside(form: Form) -> dict[str, str]:
    return {entry.field: entry.value for entry in form.set_aside}


def test_an_empty_object_is_a_blank_form() -> None:
    form = parse({})
    assert form == Form()
    assert form.personal.name == ""
    assert form.set_aside == ()


def test_a_half_filled_form_keeps_what_is_there() -> None:
    form = parse({"personal": {"name": "张三"}, "courses": {"records": [{"name": "英语", "score": "78"}]}})
    assert form.personal.name == "张三"
    assert form.courses.records[0].score == "78"
    assert form.courses.records[0].code == ""


def test_null_means_blank() -> None:
    form = parse({"personal": {"name": None, "sex": None}, "courses": None, "materials": {"photo": None}})
    assert form.personal.name == ""
    assert form.set_aside == ()


@pytest.mark.parametrize(
    ("data", "field", "kept"),
    [
        ({"personal": {"name": True}}, "personal.name", "true"),
        ({"personal": {"id_number": 5.00105199508120123e17}}, "personal.id_number", "5.001051995081201e+17"),
        ({"personal": {"id_number": 500105199508.5}}, "personal.id_number", "500105199508.5"),
        ({"personal": {"name": ["张", "三"]}}, "personal.name", '["张", "三"]'),
        ({"personal": {"sex": "男生"}}, "personal.sex", "男生"),
        ({"personal": {"sex": 1}}, "personal.sex", "1"),
        ({"personal": {"birth_date": "去年"}}, "personal.birth_date", "去年"),
        ({"personal": {"birth_date": "2019-13"}}, "personal.birth_date", "2019-13"),
        ({"personal": {"birth_date": "2019-02-30"}}, "personal.birth_date", "2019-02-30"),
        ({"personal": []}, "personal", "[]"),
        ({"applicant_type": "student"}, "applicant_type", "student"),
        ({"schema_version": "1"}, "schema_version", "1"),
        ({"courses": {"average_score": [78.35]}}, "courses.average_score", "[78.35]"),
        ({"courses": {"records": {"a": 1}}}, "courses.records", '{"a": 1}'),
        ({"courses": {"records": [{"score": {"a": 80}}]}}, "courses.records[0].score", '{"a": 80}'),
        ({"courses": {"records": [{}, "x"]}}, "courses.records[1]", "x"),
        ({"courses": {"records": [{"is_thesis": "yes"}]}}, "courses.records[0].is_thesis", "yes"),
        ({"thesis": {"keywords": ["a", [1], "b"]}}, "thesis.keywords[1]", "[1]"),
        ({"thesis": {"keywords": 5}}, "thesis.keywords", "5"),
        ({"thesis": {"advisor_contacts": {"qq": [10001]}}}, "thesis.advisor_contacts.qq", "[10001]"),
        ({"pack": 5}, "pack", "5"),
        ({"materials": {"photo": [1]}}, "materials.photo[0]", "1"),
        ({"materials": {"photo": 1}}, "materials.photo", "1"),
        ({"materials": [1]}, "materials", "[1]"),
        ({"photo_crop": [0, 0, 2, 1]}, "photo_crop", "[0, 0, 2, 1]"),
        ({"photo_crop": "all"}, "photo_crop", "all"),
        ({"confirmations": {"truthful": 1}}, "confirmations.truthful", "1"),
        ({"answers": {"CRS204:form": "yes"}}, "answers.CRS204:form", "yes"),
        ({"submission": {"status": "done"}}, "submission.status", "done"),
        ({"submission": {"window_closes": "soon"}}, "submission.window_closes", "soon"),
        ({"submission": {"history": [{}, 1]}}, "submission.history[1]", "1"),
    ],
)
def test_a_value_of_the_wrong_kind_is_set_aside(data: Any, field: str, kept: str) -> None:
    form = parse(data)
    assert aside(form) == {field: kept}
    again = form_file.parse(form_file.dump(form))
    assert again == form, "what was set aside survives saving and loading"


@pytest.mark.parametrize(
    ("source", "field", "expected"),
    [
        # Digits are all that is meant: they are taken as they are written.
        ('{"courses": {"average_score": 78.35}}', "courses.average_score", "78.35"),
        ('{"courses": {"average_score": 78.50}}', "courses.average_score", "78.50"),
        ('{"courses": {"thesis_score": -5}}', "courses.thesis_score", "-5"),
        ('{"personal": {"mobile": 13800001234}}', "personal.mobile", "13800001234"),
        ('{"personal": {"mobile": 13800001234.0}}', "personal.mobile", "13800001234"),
        ('{"personal": {"id_number": 500105199508120123}}', "personal.id_number", "500105199508120123"),
        ('{"thesis": {"advisor_contacts": {"qq": 10001}}}', "thesis.advisor_contacts.qq", "10001"),
        # What other programs write for the same.
        ('{"personal": {"sex": "男"}}', "personal.sex", "male"),
        ('{"personal": {"sex": " 女 "}}', "personal.sex", "female"),
        ('{"personal": {"sex": "Male"}}', "personal.sex", "male"),
        ('{"thesis": {"keywords": "生鲜零售；库存 管理;供应链，a,b、c\\nd；"}}', "thesis.keywords",
         ("生鲜零售", "库存 管理", "供应链", "a", "b", "c", "d")),
        ('{"thesis": {"keywords": "供应链"}}', "thesis.keywords", ("供应链",)),
        ('{"thesis": {"keywords": ""}}', "thesis.keywords", ()),
        ('{"thesis": {"keywords": [2025, "a"]}}', "thesis.keywords", ("2025", "a")),
    ],
)  # fmt: skip
def test_the_same_thing_written_otherwise_is_folded(source: str, field: str, expected: object) -> None:
    form = form_file.parse(source.encode())
    assert value_at(form, field) == expected
    assert form.set_aside == ()
    assert form_file.parse(form_file.dump(form)) == form


def test_numbers_in_rows_are_folded_too() -> None:
    (row,) = parse({"courses": {"records": [{"code": 15, "score": 80}]}}).courses.records
    assert (row.code, row.score) == ("15", "80")


def test_right_neighbours_of_a_wrong_value_stay() -> None:
    form = parse({"thesis": {"keywords": ["a", [], "b"]}, "materials": {"photo": [1, "p.jpg"], "transcript": "t.jpg"}})
    assert form.thesis.keywords == ("a", "b")
    assert form.materials == {"photo": ("p.jpg",), "transcript": ("t.jpg",)}


def test_unknown_keys_are_written_back() -> None:
    data = {"note": {"a": [1, None]}, "personal": {"nickname": "三"}, "materials": {"passport": ["a.jpg"]}}
    written = json.loads(form_file.dump(parse(data)))
    assert written["note"] == {"a": [1, None]}
    assert written["personal"]["nickname"] == "三"
    assert written["materials"] == {"passport": ["a.jpg"]}


def test_numbers_keep_every_digit() -> None:
    source = (
        b'{"x": 1.10, "y": 1e400, "z": 12345678901234567890123456789012345678, "personal": {"id_number": 5.00101E+17}}'
    )
    form = form_file.parse(source)
    written = form_file.dump(form).decode()
    assert '"x": 1.10' in written
    assert '"y": 1e400' in written
    assert '"z": 12345678901234567890123456789012345678' in written
    assert aside(form) == {"personal.id_number": "5.00101E+17"}


def test_duplicate_keys_lose_nothing() -> None:
    form = form_file.parse('{"personal": {"name": "张三", "name": "李四"}}'.encode())
    assert form.personal.name == "李四"
    assert aside(form) == {"personal.name": "张三"}


def test_a_byte_order_mark_is_no_trouble() -> None:
    assert form_file.parse(b'\xef\xbb\xbf{"personal": {"name": "a"}}').personal.name == "a"


def test_half_a_surrogate_pair_survives() -> None:
    form = form_file.parse(b'{"note": "\\ud83d"}')
    assert form_file.parse(form_file.dump(form)) == form


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (b"", "empty", None),
        (b"  \n", "empty", None),
        (b"\0\0\0\0", "empty", None),
        (b'{"personal": {"name": "\xe5\xbc\xa0', "cut_off", 1),
        (b'{\n"a": 1,\n', "cut_off", 3),
        (b'{"a": tru', "cut_off", 1),
        (b'{"a": [1, 2', "cut_off", 1),
        (b'{"a": 1,\n  "b": 2,\n}  // mine, still being filled in', "not_json", 3),
        (b'{\n  // my application\n  "pack": "cqust"\n}', "not_json", 2),
        ('{"personal": {"name": "张三"}}'.encode("gbk"), "not_utf8", 1),
        ('{"personal": {}}'.encode("utf-16"), "not_utf8", 1),
        (b"[1]", "not_an_object", None),
        (b'"text"', "not_an_object", None),
        (b"[" * 100_000, "too_deep", None),
        (b'{"a":' * 30 + b"1" + b"}" * 30, "too_deep", None),
        (b'{"a": "' + b"x" * form_file.GREATEST_BYTES + b'"}', "too_large", None),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_form_says_why(data: bytes, reason: str, line: int | None) -> None:
    with pytest.raises(form_file.FormUnreadable) as caught:
        form_file.parse(data)
    assert (caught.value.reason, caught.value.line) == (reason, line)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_form_or_a_reason(data: bytes) -> None:
    try:
        form = form_file.parse(data)
    except form_file.FormUnreadable:
        return
    assert form_file.parse(form_file.dump(form)) == form


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_KEYS = sorted({field.path.split(".")[0] for field in asked_fields()} | {"materials", "answers", "set_aside", "x"})


_INNER = ["name", "records", "photo", "entry_date", "advisor_contacts", "history"]
_SECTIONS = st.dictionaries(st.sampled_from(_INNER), _VALUES, max_size=3)


@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES | _SECTIONS, max_size=4))
def test_any_json_object_loads_and_saves_to_the_same_form(data: dict[str, Any]) -> None:
    form = parse(data)
    assert form_file.parse(form_file.dump(form)) == form


def test_saving_and_loading_from_disk(tmp_path: Path) -> None:
    path = tmp_path / paths.FORM_NAME
    form = with_value(Form(), "personal.name", "张三")
    first = form_file.save(form, path)
    loaded = form_file.load(path)
    assert loaded == form_file.LoadedForm(form, first)
    assert path.read_text(encoding="utf-8").startswith('{\n  "schema_version": 1,')
    second = form_file.save(with_value(form, "personal.name", "李四"), path, loaded_sha256=first)
    assert form_file.load(path).sha256 == second != first


def test_a_file_that_somebody_else_saved_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / paths.FORM_NAME
    mine = form_file.save(Form(), path)
    form_file.save(with_value(Form(), "personal.name", "theirs"), path, loaded_sha256=mine)
    with pytest.raises(form_file.ChangedMeanwhile):
        form_file.save(with_value(Form(), "personal.name", "mine"), path, loaded_sha256=mine)
    with pytest.raises(form_file.ChangedMeanwhile):
        form_file.save(Form(), path)
    assert form_file.load(path).form.personal.name == "theirs"


def test_the_bytes_of_an_unreadable_file_are_kept_at_the_first_save(tmp_path: Path) -> None:
    path = tmp_path / paths.FORM_NAME
    path.write_bytes(b'{"personal": ')
    form_file.save(Form(), path)
    (copy,) = (tmp_path / paths.PROGRAM_FOLDER).iterdir()
    assert copy.read_bytes() == b'{"personal": '
    assert form_file.load(path).form == Form()


def test_trouble_with_the_file_itself(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "other.json")
    for path, reason in ((tmp_path / "gone.json", "gone"), (folder, "not_a_file"), (link, "link")):
        with pytest.raises(form_file.FormUnreadable) as caught:
            form_file.load(path)
        assert caught.value.reason == reason


def test_a_locked_file_is_told_from_a_forbidden_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / paths.FORM_NAME
    path.write_bytes(b"{}")
    for winerror, reason in ((32, "in_use"), (None, "no_permission")):
        trouble = PermissionError(13, "denied")
        trouble.winerror = winerror  # type: ignore[attr-defined]

        def refuse(*_: object, trouble: PermissionError = trouble, **__: object) -> None:
            raise trouble

        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", refuse)
            with pytest.raises(form_file.FormUnreadable) as caught:
                form_file.load(path)
        assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("2019-04-01", "2019-04-01"), ("2019.4", "2019-04"), ("201904", "2019-04"), ("20190401", "2019-04-01"),
        ("2019年4月", "2019-04"), ("2019年4月1日", "2019-04-01"), ("2019/4/1", "2019-04-01"),
        ("２０１９．４", "2019-04"), (" 2019-4 ", "2019-04"), ("2020-02-29", "2020-02-29"),
    ],
)  # fmt: skip
def test_ways_to_write_a_date_are_folded(text: str, folded: str) -> None:
    assert str(parse_date(text)) == folded


@pytest.mark.parametrize(
    "text", ["", "4/1/2019", "2019", "2019-13", "2019-00", "2019-4-0", "2021-02-29", "0019-04", "x" * 99]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(NotADate):
        parse_date(text)


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        found = parse_date(text)
    except NotADate:
        return
    assert parse_date(str(found)) == found


def test_a_month_spans_its_days() -> None:
    assert PartialDate(2020, 2).first.isoformat() == "2020-02-01"
    assert PartialDate(2020, 2).last.isoformat() == "2020-02-29"
    assert PartialDate(2020, 12).last.isoformat() == "2020-12-31"
    assert PartialDate(2020, 2, 5).first == PartialDate(2020, 2, 5).last


def test_every_field_can_be_read_and_changed_by_its_path() -> None:
    form = Form()
    for field in asked_fields():
        changed = with_value(form, field.path, "x")
        assert value_at(changed, field.path) == "x"
        assert value_at(form, field.path) != "x"


def test_the_schema_describes_what_is_saved() -> None:
    titles = {"personal.name": "姓名", "": "学位申请表"}
    schema = json_schema(titles)
    assert schema["title"] == "学位申请表"
    assert schema["$defs"]["Personal"]["properties"]["name"]["title"] == "姓名"
    saved = json.loads(form_file.dump(Form()))
    assert set(saved) == set(schema["properties"])


HALF = "\ud800"  # a lone half of a surrogate pair: JSON's escapes can name it, no text can hold it


@pytest.mark.parametrize(
    "data",
    [
        {"personal": {"name": HALF}},
        {"pack": HALF, "language": {"route": HALF}},
        {"materials": {"photo": [f"a{HALF}.jpg", "b.jpg"]}},
        {"materials": {HALF: ["a.jpg"]}},
        {"courses": {"records": [{"name": HALF, "score": "80"}]}},
        {"thesis": {"keywords": ["预算", HALF]}},
        {"answers": {HALF: {}}, HALF: {HALF: HALF}},
        {"set_aside": [{"field": HALF, "value": HALF}]},
    ],
)
def test_half_characters_are_set_aside_as_their_escape(data: Any) -> None:
    form = parse(data)
    assert all(HALF not in entry.value for entry in form.set_aside)
    assert "\\ud800" in form_file.dump(form).decode()
    assert form_file.parse(form_file.dump(form)) == form


def test_one_half_character_takes_no_other_path_along() -> None:
    form = parse({"materials": {"photo": [f"a{HALF}.jpg", "b.jpg"]}})
    assert form.materials == {"photo": ("b.jpg",)}
    assert aside(form) == {"materials.photo[0]": "a\\ud800.jpg"}
