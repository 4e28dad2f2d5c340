"""Drawn papers for tests of what is measured on them, and a made-up person whose papers they are.

make_papers.paper("transcript")           one of the person's papers, faultless
make_papers.pixels(picture, quality=80)    as they come out of a JPEG
make_papers.plain_page(lines=20)           an unsealed page of black print, drawn without the sample's own layout
"""

from __future__ import annotations

import functools
import io
import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from degreecheck.sample import papers
from degreecheck.sample.marks import font

PERSON = {
    "name": "李晓梅", "sex": "女", "birth_date": "1999-05-06", "id_number": "500106199905061229",
    "exam_number": "010119123456", "school": "重庆科技大学", "major": "工程管理", "graduation_date": "2023-12-30",
    "diploma_number": "65500101191234567", "certificate_number": "201150010001234", "score": "437",
    "issuer": "重庆市公安局沙坪坝分局", "valid": "2018.03.01-2038.03.01", "passed_on": "2021-04",
}  # fmt: skip
ROWS = [
    (f"{15 + k:05d}", name, str(62 + 5 * k % 35), "2021-04")
    for k, name in enumerate(
        (
            "英语（二）",
            "高等数学",
            "工程经济学",
            "建筑施工",
            "项目管理",
            "合同管理",
            "工程力学",
            "计算机应用",
            "毕业论文",
        )
    )
]
DRAWN = {
    "id_card_portrait": papers.id_card_portrait,
    "id_card_emblem": papers.id_card_emblem,
    "exam_permit": papers.exam_permit,
    "graduation_certificate": papers.graduation_certificate,
    "language_certificate": papers.language_certificate,
    "english_two_score": papers.english_two_score,
    "degree_exam_sheet": papers.degree_exam_sheet,
}
WITH_GRADES = {"transcript": papers.transcript, "registration_page": papers.registration_page}
PAPERS = sorted({**DRAWN, **WITH_GRADES})
CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行"
)


@functools.cache
def paper(name: str) -> Image.Image:
    """The person's paper of that name, faultless; not to be drawn on."""
    return WITH_GRADES[name](PERSON, ROWS) if name in WITH_GRADES else DRAWN[name](PERSON)


def pixels(picture: Image.Image, quality: int = 88) -> NDArray[np.uint8]:
    """The picture as it comes out of a JPEG."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return np.array(Image.open(file).convert("RGB"))


def plain_page(
    size: tuple[int, int] = (1000, 1400), *, character: int = 22, lines: int = 20, seed: int = 0, tint: str = "#fbfaf5"
) -> Image.Image:
    """A page of black print from side to side, with margins of 8 %."""
    chance = random.Random(seed)
    page = Image.new("RGB", size, tint)
    draw = ImageDraw.Draw(page)
    left = round(0.08 * size[0])
    across = (size[0] - 2 * left) // character
    for k in range(lines):
        text = "".join(chance.choice(CHARACTERS) for _ in range(across - chance.choice((0, 0, 0, 7))))
        draw.text((left, left + k * character * 1.8), text, font=font(character), fill=(26, 26, 30))
    return page
