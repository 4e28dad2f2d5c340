"""The repository's own promises: small files, pins that hold everywhere, a wheel that is complete, lean starts."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
CODE = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py")), ROOT / "dev.py"]
PINS = sorted((ROOT / "packaging").glob("requirements-*.txt"))
TEXTS = [
    path
    for path in [*CODE, *PINS, *ROOT.glob("*.md"), *ROOT.glob("*.toml"), *(ROOT / "resources").rglob("*.toml")]
    if path.is_file()
]


def pins(name: str) -> dict[str, str]:
    """Package → version of packaging/requirements-<name>.txt."""
    text = (ROOT / f"packaging/requirements-{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))


def normal(requirement: str) -> str:
    """The registry's spelling of a requirement's name."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


# ---- files


def test_no_file_is_over_400_lines() -> None:
    lines = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert len(lines) > 20
    assert {name: count for name, count in lines.items() if count > 400} == {}


def test_text_files_are_utf8_without_mark_and_have_unix_line_ends() -> None:
    assert [
        path.name for path in TEXTS if b"\r" in path.read_bytes() or path.read_bytes().startswith(b"\xef\xbb\xbf")
    ] == []
    assert all(path.read_text(encoding="utf-8").endswith("\n") for path in TEXTS if path.stat().st_size)


def test_no_class_is_named_for_what_it_is_not() -> None:
    vague = re.compile(r"(Manager|Helper|Utils?|Base|Mixin)$")
    classes = {
        node.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert classes
    assert [name for name in classes if vague.search(name)] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [path.name for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_no_path_of_some_machine_stands_in_what_ships() -> None:
    somewhere = re.compile(r"(?<![\w.])/(home|root|Users|work|opt)/\w")
    shipped = [path for path in TEXTS if "tests" not in path.relative_to(ROOT).parts]
    assert [path.name for path in shipped if somewhere.search(path.read_text(encoding="utf-8"))] == []


# ---- pins


def test_pins_hold_names_versions_and_hashes_only() -> None:
    assert len(PINS) == 3
    pin = r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [a-z_]+ [!=<>]+ '[\w.]+'( and [a-z_]+ [!=<>]+ '[\w.]+')*)? \\"
    for path in PINS:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert re.fullmatch(rf"{pin}|    --hash=sha256:[0-9a-f]{{64}}( \\)?", line), (path.name, line)


def test_everything_that_the_project_names_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run, dev, build = pins("run"), pins("dev"), pins("build")
    assert {normal(entry) for entry in project["project"]["dependencies"]} <= set(run)
    groups = project["dependency-groups"]
    assert {normal(entry) for entry in groups["dev"] if isinstance(entry, str)} <= set(dev)
    assert {normal(entry) for entry in groups["build"]} <= set(build)
    assert run.items() <= dev.items()
    assert build.items() <= dev.items()


def test_everything_that_the_program_imports_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [entry for extra in project["optional-dependencies"].values() for entry in extra]
    named = {normal(entry) for entry in [*project["dependencies"], *optional]}
    imported = {
        name.partition(".")[0]
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else
                     [alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
    } - sys.stdlib_module_names - {"degreecheck"}  # fmt: skip
    packages = importlib.metadata.packages_distributions()
    assert {"pydantic", "typer"} <= imported
    assert {
        name for name in imported if not {normal(package) for package in packages.get(name, [name])} & named
    } == set()


@pytest.mark.parametrize("package", ["cryptography", "numpy", "opencv-python-headless", "pillow", "pyside6-essentials"])
def test_compiled_packages_have_a_hash_for_each_system(package: str) -> None:
    text = (ROOT / "packaging/requirements-run.txt").read_text(encoding="utf-8")
    block = re.search(rf"^{package}==.*?(?=^[a-z]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    assert block[0].count("--hash=sha256:") >= 4  # Windows, macOS, Linux on x86-64 and on ARM


# ---- the wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without fetching anything."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_has_the_program_and_its_resources_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    resources = {
        f"degreecheck/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "resources").rglob("*") if path.is_file()
    }
    assert {"degreecheck/resources/text/zh.toml", "degreecheck/resources/packs/cqust.toml"} <= resources
    assert package | resources == inside


def test_wheel_has_its_command_and_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        about = {Path(name).name: name for name in archive.namelist() if ".dist-info/" in name}
        assert "degreecheck = degreecheck.cli:main" in archive.read(about["entry_points.txt"]).decode()
        assert b"the DegreeCheck authors" in archive.read(about["LICENSE"])


def test_the_installed_program_finds_its_resources(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "安装 位置"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from degreecheck import paths\n"
        "sys.stdout.buffer.write(str(paths.resources()).encode())"
    )
    asked = subprocess.run([sys.executable, "-c", code, str(installed)], check=True, capture_output=True, timeout=60)
    assert Path(asked.stdout.decode()) == (installed / "degreecheck" / "resources").resolve()


# ---- what is loaded at the start


def loaded_by(module: str) -> set[str]:
    """Top-level names of all modules that importing ``module`` loads, in a process of its own."""
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    asked = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    return set(asked.stdout.split())


PICTURES_AND_TABLES = {
    "cv2",
    "numpy",
    "onnxruntime",
    "openpyxl",
    "PIL",
    "pillow_heif",
    "pypdfium2",
    "python_calamine",
    "rapidocr",
}


def test_the_entry_loads_no_library() -> None:
    assert loaded_by("degreecheck.cli").isdisjoint({"typer", "rich", "pydantic", "PySide6", *PICTURES_AND_TABLES})


def test_the_command_line_loads_nothing_heavy() -> None:
    assert loaded_by("degreecheck.commands").isdisjoint({"PySide6", *PICTURES_AND_TABLES})


def test_a_worker_loads_neither_command_line_nor_window() -> None:
    assert loaded_by("degreecheck.worker").isdisjoint({"typer", "click", "rich", "PySide6", "openpyxl"})


# ---- documents


def test_readme_names_only_commands_that_there_are() -> None:
    named = set(
        re.findall(r"^\| `degreecheck ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert named >= {"check", "explain", "rules"}
    asked = subprocess.run(
        [sys.executable, "-m", "degreecheck", "--help"], check=True, capture_output=True, text=True, encoding="utf-8",
        timeout=60,
    )  # fmt: skip
    assert {name for name in named if not re.search(rf"\b{name}\b", asked.stdout)} == set()


def test_changelog_speaks_of_rules_in_every_version() -> None:
    versions = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert versions
    assert [version.splitlines()[0] for version in versions if "### Rules" not in version] == []
