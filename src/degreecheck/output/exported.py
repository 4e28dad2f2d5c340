"""The application as the bundle holds it: judged again on the very files that the school will get.

What the export mended is gone from this report; what only the sources tell (the day on which a photo was taken) stays.
Warnings that the person has answered stay answered, although the files have other names now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from degreecheck import check as pipeline
from degreecheck.facts import FileFacts, NotChecked
from degreecheck.folder import Folder
from degreecheck.form import Answer, Form
from degreecheck.inspectors.files import FileRequest, inspect_files
from degreecheck.inspectors.messages import Copy
from degreecheck.inspectors.pool import Pool
from degreecheck.output.bundle_files import PutFiles
from degreecheck.output.bundle_plan import Upload, with_bundle_files
from degreecheck.report import Finding, Report
from degreecheck.rules._rule import Case

_Facts = FileFacts | NotChecked
_LIKE_THE_SOURCE = 88  # JPEG quality from which colour is kept in full, too (inspectors/convert.py)


def exported_case(source: Case, judged: Report, put: PutFiles, payload: Path, pool: Pool) -> Case:
    """The case of the bundle's own files; ``judged`` is the report on the sources."""
    form = with_bundle_files(source.form, put.plan, source.pack)
    uploads = {upload.name: upload for upload in put.plan.uploads}

    def inspect(requests: Sequence[FileRequest[str]]) -> Mapping[str, _Facts]:
        known = {request.key: _known(uploads[request.key], source, put) for request in requests}
        unknown = [request for request in requests if known[request.key] is None]
        found = {key: facts for key, facts in known.items() if facts is not None}
        unread = [replace(request, parts=request.parts - {"text"}) for request in unknown]
        for key, facts in inspect_files(unread, pool=pool).items():
            found[key] = _as_known(facts, source.facts.get(uploads[key].file))
        return found

    folder = Folder(payload, tuple(uploads), form, "file")
    case = pipeline.gather(folder, source.pack, source.now, inspect=inspect, exporting=True)
    case = _with_left_out(case, source, judged, put)
    answers = _answers(source.form, judged, pipeline.judge(case), put.plan.uploads)
    return replace(case, form=form.model_copy(update={"answers": answers}))


def _known(upload: Upload, source: Case, put: PutFiles) -> _Facts | None:
    """The source's facts where they are the file's own; None where it has to be looked at."""
    facts = source.facts.get(upload.file)
    if isinstance(upload.request, Copy):
        return facts
    made = put.converted[upload.name]
    if not isinstance(facts, FileFacts) or facts.unreadable is not None or facts.image is None:
        return None
    image = facts.image
    whole = upload.request.crop is None and (image.width, image.height) == (made.width, made.height)
    one_page = facts.type != "tiff" or image.frames == 1
    if not (whole and one_page and (made.quality == 0 or made.quality >= _LIKE_THE_SOURCE)):
        return None
    # What was measured, was measured on the upright picture: at this quality nobody could tell the two apart.
    upright = image.model_copy(update={"orientation": 1, "mode": "RGB", "frames": 1})
    new = {"type": upload.request.format, "size": made.size, "sha256": made.sha256, "image": upright}
    return facts.model_copy(update=new)


def _with_left_out(case: Case, source: Case, judged: Report, put: PutFiles) -> Case:
    """The case in which a left-out file that has an error shows that error, not merely that it is gone.

    Any other file that is left out is missing in the bundle, which is an error too.
    """
    wrong = {finding.file for finding in judged.findings if finding.severity == "error" and finding.file}
    known = {(entry.slot, entry.listed): entry for entry in source.listed}
    left_out = {key for entry in put.plan.left_out if known[key := (entry.slot, entry.listed)].file in wrong}
    listed = tuple(known[key] if (key := (entry.slot, entry.listed)) in left_out else entry for entry in case.listed)
    facts = {file: source.facts[file] for slot_listed in left_out if (file := known[slot_listed].file) in source.facts}
    return replace(case, listed=listed, facts={**case.facts, **facts})


def _as_known(facts: _Facts, source: _Facts | None) -> _Facts:
    """With what the source alone says, or says as well: the day, and the text of the same upright picture."""
    if not isinstance(facts, FileFacts) or not isinstance(source, FileFacts) or not (facts.image and source.image):
        return facts
    image = facts.image.model_copy(update={"taken_on": source.image.taken_on})
    text = source.text if source.image.frames == 1 else None
    return facts.model_copy(update={"image": image, "text": text})


def _answers(form: Form, before: Report, after: Report, uploads: Sequence[Upload]) -> dict[str, Answer]:
    """The form's answers, under the names that the files have in the bundle."""
    answers = dict(form.answers)
    names: dict[str, list[str]] = {}
    for upload in uploads:
        names.setdefault(upload.file, []).append(upload.name)
        names.setdefault(f"{upload.slot}:{upload.listed}", []).append(f"{upload.slot}:{upload.name}")
    for finding in before.findings:
        if not finding.answered or not _is_only(finding, before):
            continue
        subjects = names.get(finding.subject, [finding.subject])
        for same in after.findings:
            if same.code == finding.code and same.subject in subjects and _is_only(same, after):
                answer = form.answers[finding.key]
                answers[same.key] = answer.model_copy(update={"values_sha256": same.values_sha256})
    return answers


def _is_only(finding: Finding, report: Report) -> bool:
    return sum(other.key == finding.key for other in report.findings) == 1
