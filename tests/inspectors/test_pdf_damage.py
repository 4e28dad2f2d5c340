"""PDFs that are protected, damaged, cut off, or made to harm."""

import hashlib
import io
import random
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from degreecheck.facts import PdfFacts
from degreecheck.inspectors import limits
from degreecheck.inspectors.pdf import inspect_pdf, render_page
from degreecheck.inspectors.unreadable import CannotRead
from make_documents import pdf, pdf_of_picture, pdf_pages, pdf_stream

RC4_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def outcome(folder: Path, content: bytes | dict[int, bytes]) -> PdfFacts | str:
    """The facts, or why there are none."""
    path = folder / "论文.pdf"
    path.write_bytes(content if isinstance(content, bytes) else pdf(content))
    try:
        return inspect_pdf(path)
    except CannotRead as refused:
        return refused.reason


def facts_of(folder: Path, content: bytes | dict[int, bytes]) -> PdfFacts:
    found = outcome(folder, content)
    assert isinstance(found, PdfFacts)
    return found


def noise(mode: str) -> bytes:
    """A 200 x 300 picture without flat rows, packed."""
    made = Image.frombytes("RGB", (200, 300), random.Random(1).randbytes(180_000))
    if mode == "FlateDecode":
        return zlib.compress(made.tobytes())
    out = io.BytesIO()
    made.save(out, {"DCTDecode": "JPEG", "JPXDecode": "JPEG2000"}[mode])
    return out.getvalue()


def test_a_password_is_told_from_damage(tmp_path: Path) -> None:
    # Owner entry of rubbish, so that the empty password does not open it (PDF 32000-1, 7.6.3, revision 2)
    key = f"<{bytes(32).hex()}>"
    trailer = f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O{key}/U{key}/P -4>>"
    assert outcome(tmp_path, pdf(pdf_pages("a"), trailer)) == "encrypted"


def test_protection_by_an_unknown_scheme_is_encryption_too(tmp_path: Path) -> None:
    assert outcome(tmp_path, pdf(pdf_pages("a"), "/ID[<00><00>]/Encrypt<</Filter/Adobe.PubSec/V 4>>")) == "encrypted"


def test_restrictions_that_need_no_password_are_noted(tmp_path: Path) -> None:
    owner = bytes(32)
    key = hashlib.md5(RC4_PADDING + owner + (0xFFFFFFFC).to_bytes(4, "little") + b"\x00").digest()[:5]
    trailer = (
        f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O<{owner.hex()}>/U<{rc4(key, RC4_PADDING).hex()}>/P -4>>"
    )
    facts = facts_of(tmp_path, pdf(pdf_pages(""), trailer))
    assert facts.opens_without_password
    assert not facts_of(tmp_path, pdf_pages("")).opens_without_password


def rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    other = 0
    for index in range(256):
        other = (other + state[index] + key[index % len(key)]) % 256
        state[index], state[other] = state[other], state[index]
    out, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        out.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(out)


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", bytes(5000)])
def test_what_is_no_pdf(tmp_path: Path, content: bytes) -> None:
    assert outcome(tmp_path, content) == "damaged"


def test_no_pages(tmp_path: Path) -> None:
    objects = pdf_pages("a")
    objects[2] = b"<</Type/Pages/Count 0/Kids[]>>"
    assert outcome(tmp_path, objects) in {"empty", "damaged"}


def test_no_page_that_opens(tmp_path: Path) -> None:
    objects = pdf_pages("a", "b")
    del objects[10], objects[20]
    assert outcome(tmp_path, objects) == "damaged"


def test_a_page_count_that_lies(tmp_path: Path) -> None:
    objects = pdf_pages("a")
    objects[2] = b"<</Type/Pages/Count 200000/Kids[10 0 R]>>"
    facts = facts_of(tmp_path, objects)
    assert facts.pages_broken == facts.pages_loaded - 1


def test_page_trees_that_bite_their_tails(tmp_path: Path) -> None:
    objects = pdf_pages("a")
    objects[2] = b"<</Type/Pages/Count 5/Kids[2 0 R 10 0 R 6 0 R]>>"
    objects[6] = b"<</Type/Pages/Parent 2 0 R/Count 5/Kids[2 0 R 6 0 R]>>"
    assert facts_of(tmp_path, objects).pages_loaded <= 5
    objects[2] = b"<</Type/Pages/Kids[2 0 R 10 0 R 6 0 R]>>"
    objects[6] = b"<</Type/Pages/Kids[2 0 R 6 0 R]>>"
    assert facts_of(tmp_path, objects).pages == 1


def test_two_hundred_thousand_pages(tmp_path: Path) -> None:
    objects = pdf_pages("文" * 20)
    objects[2] = b"<</Type/Pages/Count 200000/Kids[%s]>>" % (b"10 0 R " * 200_000)
    facts = facts_of(tmp_path, objects)
    assert facts.pages == 200_000
    assert facts.pages_loaded <= limits.MAX_PAGES_LOADED
    assert facts.pages_with_text == facts.pages_loaded


@pytest.mark.parametrize("decoder", ["DCTDecode", "FlateDecode", "JPXDecode"])
def test_a_picture_cut_off_shows_only_when_it_is_decoded(tmp_path: Path, decoder: str) -> None:
    data = noise(decoder)
    assert facts_of(tmp_path, pdf_of_picture(data, decoder, 200, 300)).images_broken == 0
    for end in (len(data) // 2, len(data) * 9 // 10, 0):
        facts = facts_of(tmp_path, pdf_of_picture(data[:end], decoder, 200, 300))
        assert facts.images_broken == 1
        assert not facts.cut_off


def test_a_missing_end_is_noticed_though_readers_mend_it(tmp_path: Path) -> None:
    whole = pdf(pdf_pages("a", "b"))
    assert facts_of(tmp_path, whole[: whole.rindex(b"startxref")]).cut_off
    assert facts_of(tmp_path, whole + b"1 0 obj\n<</Type").cut_off
    assert not facts_of(tmp_path, whole + b"\r\n<!-- downloaded -->").cut_off
    assert not facts_of(tmp_path, whole.replace(b"%%EOF", b"")).cut_off


def test_cut_off_at_any_byte_it_ends_in_facts_or_damage(tmp_path: Path) -> None:
    whole = pdf(pdf_pages("正文"))
    middle = whole.index(b"beginbfrange")
    for end in [*range(middle), *range(middle, len(whole) - 1000, 50), *range(len(whole) - 1000, len(whole) - 30)]:
        found = outcome(tmp_path, whole[:end])
        assert found == "damaged" or (isinstance(found, PdfFacts) and found.cut_off)


@pytest.mark.parametrize("filters", [1, 2])
def test_a_stream_that_bursts_the_reader(tmp_path: Path, filters: int) -> None:
    data = b"q Q " * (20 * limits.MB)
    for _ in range(filters):
        data = zlib.compress(data, 9)
    objects = pdf_pages("a")
    objects[11] = pdf_stream(data, "/Filter[" + "/FlateDecode" * filters + "]")
    assert outcome(tmp_path, objects) == "bomb"


def test_a_stream_repeated_until_it_bursts_the_reader(tmp_path: Path) -> None:
    objects = pdf_pages("a")
    objects[11] = pdf_stream(zlib.compress(b"q Q " * (2 * limits.MB), 9), "/Filter/FlateDecode")
    assert outcome(tmp_path, objects) != "bomb"
    objects[10] = objects[10].replace(b"/Contents 11 0 R", b"/Contents[" + b"11 0 R " * 40 + b"]")
    assert outcome(tmp_path, objects) == "bomb"


def test_a_large_picture_of_one_colour_is_no_bomb(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, pdf_of_picture(zlib.compress(bytes(5000 * 5000 * 3), 9), "FlateDecode", 5000, 5000))
    assert facts.images_broken == 0


def test_a_picture_that_states_absurd_sizes_is_not_decoded(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, pdf_of_picture(noise("FlateDecode"), "FlateDecode", 60_000, 60_000))
    assert (facts.images_broken, facts.pages_blank) == (0, 0)


def test_pages_that_cannot_be_drawn(tmp_path: Path) -> None:
    objects = pdf_pages("a", "b")
    del objects[20]
    path = tmp_path / "论文.pdf"
    path.write_bytes(pdf(objects))
    for index in (1, 2, -1):
        with pytest.raises(CannotRead) as caught:
            render_page(path, index, 100)
        assert caught.value.reason == "damaged"


SAMPLE = pdf(pdf_pages("论文题目\n张三", "b"))
TELLING = [at for at in range(len(SAMPLE)) if not SAMPLE.index(b"beginbfrange") < at < SAMPLE.rindex(b"endbfrange")]


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(TELLING), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes_end_in_facts_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]]
) -> None:
    content = bytearray(SAMPLE)
    for at, value in flips:
        content[at] = value
    found = outcome(tmp_path_factory.getbasetemp(), bytes(content))
    assert found in {"damaged", "encrypted", "empty"} or isinstance(found, PdfFacts)
