"""One file, whatever it is, becomes facts or a reason."""

import hashlib
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from degreecheck.facts import FileFacts
from degreecheck.inspectors import image, inspection, opening, pdf, photo, scan, word
from degreecheck.inspectors.inspection import inspect_file, load
from degreecheck.inspectors.unreadable import CannotRead

ALL = frozenset({"photo", "scan", "document", "text"})


def reason(facts: FileFacts) -> str | None:
    return facts.unreadable.reason if facts.unreadable else None


def picture(path: Path, **options: object) -> Path:
    Image.new("RGB", (300, 420), (70, 140, 220)).save(path, **options)  # type: ignore[arg-type]
    return path


def test_a_picture_in_a_documents_place_is_measured_as_a_scan(tmp_path: Path) -> None:
    facts = inspect_file(picture(tmp_path / "论文.jpg"), frozenset({"document"}))
    assert facts.scan is not None
    assert facts.photo is None


@pytest.mark.parametrize("parts", [frozenset(), frozenset({"photo"}), frozenset({"scan"}), ALL])
def test_only_what_is_asked_is_measured(tmp_path: Path, parts: frozenset[str]) -> None:
    facts = inspect_file(picture(tmp_path / "照 片.jpg"), parts)
    assert (facts.type, reason(facts)) == ("jpeg", None)
    assert facts.image is not None
    assert (facts.image.width, facts.image.height) == (300, 420)
    assert (facts.photo is not None) is ("photo" in parts)
    assert (facts.scan is not None) is ("scan" in parts)


def test_the_crop_is_the_photos(tmp_path: Path) -> None:
    facts = inspect_file(picture(tmp_path / "a.png"), ALL, (0.0, 0.0, 0.5, 0.5))
    assert facts.photo is not None
    assert (facts.photo.width, facts.photo.height) == (150, 210)
    assert facts.scan is not None
    assert (facts.scan[0].width, facts.scan[0].height) == (300, 420)


def test_a_scan_is_measured_small_and_told_in_full_size(tmp_path: Path) -> None:
    Image.new("RGB", (3_000, 2_000), "white").save(tmp_path / "a.jpg")
    facts = inspect_file(tmp_path / "a.jpg", frozenset({"scan"}))
    assert facts.scan is not None
    assert (facts.scan[0].width, facts.scan[0].height) == (3_000, 2_000)


def test_pages_of_a_tiff_are_measured_one_by_one(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (200, 300), colour) for colour in ("white", "grey", "white", "red", "white", "blue")]
    pages[0].save(tmp_path / "成绩单.tif", save_all=True, append_images=pages[1:])
    facts = inspect_file(tmp_path / "成绩单.tif", frozenset({"scan"}))
    assert facts.image is not None
    assert facts.image.frames == 6
    assert facts.scan is not None
    assert len(facts.scan) == 5


def test_an_animation_is_one_picture(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (200, 300), colour) for colour in ("white", "red", "blue")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    facts = inspect_file(tmp_path / "a.gif", frozenset({"scan"}))
    assert facts.scan is not None
    assert len(facts.scan) == 1


def test_pages_of_a_pdf_are_rendered_and_measured(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (595, 842), "white") for _ in range(7)]
    pages[0].save(tmp_path / "扫 描.pdf", save_all=True, append_images=pages[1:])
    facts = inspect_file(tmp_path / "扫 描.pdf", frozenset({"scan", "document"}))
    assert (facts.type, reason(facts)) == ("pdf", None)
    assert facts.pdf is not None
    assert facts.pdf.pages == 7
    assert facts.scan is not None
    assert len(facts.scan) == 5
    assert inspect_file(tmp_path / "扫 描.pdf", frozenset({"document"})).scan is None


def test_a_page_that_cannot_be_shown_does_not_take_the_file_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.pdf", "a.tif"):
        pages = [Image.new("RGB", (200, 300), "white") for _ in range(4)]
        pages[0].save(tmp_path / name, save_all=True, append_images=pages[1:])
    render, open_picture = pdf.render_page, image.open_picture

    def rendering(path: Path, index: int, longest_side: int) -> object:
        if index == 2:
            raise CannotRead("damaged")
        return render(path, index, longest_side)

    def opening_frame(path: Path, *, pixels: int | None = None, frame: int = 0) -> object:
        if frame == 2:
            raise CannotRead("damaged")
        return open_picture(path, pixels=pixels, frame=frame)

    monkeypatch.setattr(pdf, "render_page", rendering)
    monkeypatch.setattr(image, "open_picture", opening_frame)
    for name in ("a.pdf", "a.tif"):
        facts = inspect_file(tmp_path / name, frozenset({"scan"}))
        assert reason(facts) is None
        assert facts.scan is not None
        assert len(facts.scan) == 2


@pytest.mark.parametrize("name", ["a.pdf", "a.tif"])
def test_a_slow_machine_measures_fewer_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    pages = [Image.new("RGB", (200, 300), "white") for _ in range(4)]
    pages[0].save(tmp_path / name, save_all=True, append_images=pages[1:])
    monkeypatch.setattr(inspection.limits, "MEASURE_SECONDS", -1)
    facts = inspect_file(tmp_path / name, frozenset({"scan"}))
    assert facts.scan is not None
    assert len(facts.scan) == 1


def test_a_word_file_is_read(tmp_path: Path) -> None:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    packages = "http://schemas.openxmlformats.org/package/2006"
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kinds = f'<Types xmlns="{packages}/content-types"><Override PartName="/word/a.xml" ContentType="{main}"/></Types>'
    link = f'<Relationship Id="r" Type="{office}" Target="word/a.xml"/>'
    text = (
        f'<w:document xmlns:w="{namespace}"><w:body><w:p><w:r><w:t>学士学位论文</w:t></w:r></w:p></w:body></w:document>'
    )
    with zipfile.ZipFile(tmp_path / "论文.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", kinds)
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{packages}/relationships">{link}</Relationships>')
        archive.writestr("word/a.xml", text)
    facts = inspect_file(tmp_path / "论文.docx", frozenset({"document"}))
    assert (facts.type, reason(facts)) == ("docx", None)
    assert facts.word is not None
    assert facts.word.characters == 6


@pytest.mark.parametrize(
    ("name", "content", "kind", "expected"),
    [
        ("a.jpg", b"", "empty", "empty"),
        ("a.jpg", bytes(range(1, 256)) * 3, "unknown", "unknown_format"),
        ("a.jpg", "只是文字".encode(), "text", None),
        ("a.pdf", b"%PDF-1.7\nrubbish", "pdf", "damaged"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "png", "damaged"),
    ],
)
def test_other_contents_are_told_by_their_bytes(
    tmp_path: Path, name: str, content: bytes, kind: str, expected: str | None
) -> None:
    (tmp_path / name).write_bytes(content)
    facts = inspect_file(tmp_path / name, ALL)
    assert (facts.type, reason(facts)) == (kind, expected)
    assert facts.sha256 == hashlib.sha256(content).hexdigest()
    assert facts.size == len(content)


def test_what_cannot_be_opened_has_no_hash_but_the_size_it_states(tmp_path: Path) -> None:
    assert inspect_file(tmp_path / "gone", ALL).model_dump(include={"size", "sha256", "type"}) == {
        "size": 0,
        "sha256": "",
        "type": "unknown",
    }
    assert reason(inspect_file(tmp_path, ALL)) == "not_a_file"
    assert reason(inspect_file(Path("null\0"), ALL)) == "gone"


def test_a_protected_office_file_is_encrypted_not_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection.sniff, "sniff", lambda head, path: "encrypted_office")
    (tmp_path / "a.docx").write_bytes(b"x")
    facts = inspect_file(tmp_path / "a.docx", ALL)
    assert (facts.type, reason(facts)) == ("encrypted_office", "encrypted")


class Panic(Exception):
    """What no list of exceptions foresees."""


@pytest.mark.parametrize(
    ("raised", "expected", "detail"),
    [
        (CannotRead("bomb", "too big"), "bomb", "too big"),
        (ValueError("/home/张三"), "damaged", "ValueError"),
        (RecursionError("/home/张三"), "damaged", "RecursionError"),
        (Panic("500101199001011234"), "damaged", "Panic"),
        (OSError("broken data stream"), "damaged", "OSError"),
        (FileNotFoundError(2, "no such file", "/home/张三"), "gone", "ENOENT"),
    ],
)
def test_whatever_a_reader_raises_is_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: Exception, expected: str, detail: str
) -> None:
    def reader(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(image, "open_picture", reader)
    monkeypatch.setattr(pdf, "inspect_pdf", reader)
    monkeypatch.setattr(word, "inspect_word", reader)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n1 0 obj")
    for path in (picture(tmp_path / "a.png"), tmp_path / "a.pdf"):
        facts = inspect_file(path, ALL)
        assert facts.unreadable is not None
        assert (facts.unreadable.reason, facts.unreadable.detail) == (expected, detail)
        assert facts.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_too_little_memory_says_nothing_about_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reader(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(image, "open_picture", reader)
    with pytest.raises(MemoryError):
        inspect_file(picture(tmp_path / "a.png"), ALL)


@pytest.mark.parametrize(("module", "name"), [(photo, "measure_photo"), (scan, "measure_scan")])
def test_a_measurement_that_fails_does_not_call_the_file_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    def measure(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(module, name, measure)
    with pytest.raises(ZeroDivisionError):
        inspect_file(picture(tmp_path / "a.png"), ALL)


def test_a_file_that_changes_while_it_is_measured_is_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = picture(tmp_path / "a.png")
    measure = scan.measure_scan

    def saving(rgb, full_size=None):  # type: ignore[no-untyped-def]
        path.write_bytes(b"something else")
        return measure(rgb, full_size)

    monkeypatch.setattr(scan, "measure_scan", saving)
    facts = inspect_file(path, frozenset({"scan"}))
    assert reason(facts) == "in_use"
    assert facts.sha256 == ""


def test_a_file_that_goes_while_it_is_measured_is_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = picture(tmp_path / "a.png")
    measure = scan.measure_scan

    def deleting(rgb, full_size=None):  # type: ignore[no-untyped-def]
        path.unlink()
        return measure(rgb, full_size)

    monkeypatch.setattr(scan, "measure_scan", deleting)
    assert reason(inspect_file(path, frozenset({"scan"}))) == "in_use"


def test_a_file_cut_off_anywhere_is_facts_or_a_reason(tmp_path: Path) -> None:
    buffer = BytesIO()
    Image.effect_noise((64, 64), 80).save(buffer, "PNG")
    data = buffer.getvalue()
    for cut in range(0, len(data), len(data) // 40):
        (tmp_path / "a.png").write_bytes(data[:cut])
        assert reason(inspect_file(tmp_path / "a.png", ALL)) in {"empty", "unknown_format", "damaged"}


def test_loading_goes_by_the_name_and_touches_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(inspection, "import_module", lambda name: loaded.append(name.rsplit(".", 1)[1]))
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("opened"))
    monkeypatch.setattr(opening, "look", lambda *_: pytest.fail("looked"))
    wanted = {}
    for name in ("照片.HEIC", "论文.docx", "扫描.pdf", "无后缀"):
        loaded.clear()
        load(Path(name), frozenset({"scan"}))
        wanted[name] = list(loaded)
    assert wanted == {
        "照片.HEIC": ["image", "scan"],
        "论文.docx": ["word"],
        "扫描.pdf": ["pdf", "scan"],
        "无后缀": ["image", "scan"],
    }


@pytest.mark.parametrize("data", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"GIF89a"])
def test_what_begins_like_a_picture_and_is_none_is_damaged(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(data)
    assert reason(inspect_file(tmp_path / "a.jpg", ALL)) == "damaged"
