"""Whatever is typed into a form, no rule may crash, and every finding has its sentences (make.report sees to both)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import make
from degreecheck.form import AdvisorContacts, CourseRecord, Form, Language, Thesis

SCORES = st.sampled_from(
    ["", "80", "59", "78.5", "100", "101", "-1", "优", "免考", "不及格", "8O", "{score}", "1e9", "NaN"]
)
TEXT = st.text(max_size=40) | st.text("0123456789Xx.-+/ ＠@（）。《》\n{}￥", max_size=24) | SCORES
CODES = st.sampled_from(["", "00015", "15", "1", "2"])
NAMES = st.sampled_from(["", "英语（二）", "毕业论文", "毕业综合实践", "会计学", "会计学（二）"]) | TEXT
RECORDS = st.lists(
    st.builds(
        CourseRecord,
        code=CODES,
        name=NAMES,
        score=SCORES | TEXT,
        is_thesis=st.sampled_from([False, False, False, True]),
        kind=st.sampled_from([None, None, "exempt", "transferred"]),
    ),
    max_size=12,
).map(tuple)
ROUTES = st.sampled_from(["cet4", "pets", "english_two", "degree_exam", "other", "", "{route}"])
LANGUAGES = st.builds(Language, route=ROUTES, certificate_number=TEXT, score=SCORES | TEXT)
CONTACTS = st.builds(AdvisorContacts, mobile=TEXT, landline=TEXT, email=TEXT, qq=TEXT, wechat=TEXT)
THESES = st.builds(
    Thesis,
    title=TEXT,
    research_direction=TEXT,
    keywords=st.lists(TEXT, max_size=4).map(tuple),
    advisor=TEXT,
    advisor_contacts=CONTACTS,
)
PACKS = [make.school({"average.non_numeric": policy}) for policy in ("ask", "exclude", {"优": 90, "免考": 60})]


@settings(max_examples=150)
@given(
    form=st.sampled_from([make.perfect_form(), make.adult_form()]),
    records=RECORDS,
    average=SCORES | TEXT,
    thesis_score=SCORES | TEXT,
    thesis=THESES,
    language=LANGUAGES,
    diploma=TEXT,
    pack=st.sampled_from(PACKS),
)
def test_no_rule_crashes_on_any_form(
    form: Form,
    records: object,
    average: str,
    thesis_score: str,
    thesis: Thesis,
    language: Language,
    diploma: str,
    pack: object,
) -> None:
    changes = {
        "courses.records": records,
        "courses.average_score": average,
        "courses.thesis_score": thesis_score,
        "thesis": thesis,
        "language": language,
        "institution.diploma_number": diploma,
    }
    made = make.report(make.case(make.changed(form, changes), pack=pack))
    assert {finding.severity for finding in made.findings} <= {"error", "warning", "note"}
    # One cause, one finding: the average is wrong in one way at most.
    assert (
        len({"CRS101", "CRS103", "CRS104", "CRS201", "CRS202", "CRS203", "CRS204"} & {f.code for f in made.findings})
        <= 1
    )
