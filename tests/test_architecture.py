"""The house holds: imports point one way, and light modules stay light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = {"explorer", "explorer.frame", "explorer.experiment"}
MAY_IMPORT = {
    "explorer.text": set(),
    "explorer.runs": set(),
    "explorer.sequence": {"explorer.text"},
    "explorer.embedding": {"explorer.text"},
    "explorer.applications": {"explorer.sequence", "explorer.embedding", "explorer.text"},
    "explorer.figures": {"explorer.applications", "explorer.sequence", "explorer.embedding", "explorer.text"},
    "explorer.app": {
        "explorer.figures", "explorer.applications", "explorer.sequence", "explorer.embedding", "explorer.text", "explorer.runs",
    },
    "explorer.command_line": {"explorer.sequence", "explorer.embedding", "explorer.text", "explorer.runs"},
    "explorer.__main__": {"explorer.command_line"},
    "pages": {"explorer.app"},
}
DOORS = {
    "explorer.sequence.opening": {"explorer.runs.opening"},
    "explorer.embedding.opening": {"explorer.runs.opening"},
    "explorer.sequence.architectures.opening": {"explorer.runs.opening"},
    "explorer.sequence.encoder_decoder.opening": {"explorer.runs.opening"},
    "explorer.applications.classification.opening": {"explorer.runs.opening"},
    "explorer.sequence.pretraining.opening": {"explorer.runs.opening"},
    "explorer.applications.entities.opening": {"explorer.runs.opening"},
}
"""Single modules that may look into one more: a saved run is read by who can tell whether it makes sense."""
STREAMLIT_ALLOWED = ("explorer.app", "pages", "streamlit_app")


def modules() -> list[tuple[str, Path]]:
    files = [*ROOT.glob("explorer/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "streamlit_app.py"]
    return [(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path) for path in files]


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names if node.module in ("explorer",)}
    return names


def room(name: str) -> str:
    return ".".join(name.split(".")[:2]) if name.startswith("explorer.") else name.split(".")[0]


@pytest.mark.parametrize("name, path", modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_imports_point_one_way(name, path):
    own = room(name)
    if own not in MAY_IMPORT:
        return
    others = imported(path) - DOORS.get(name, set())
    foreign = {room(other) for other in others if other.startswith("explorer")} - SHARED - {own}
    assert foreign <= MAY_IMPORT[own], f"{name} must not import {foreign - MAY_IMPORT[own]}"


@pytest.mark.parametrize("name, path", modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_streamlit_stays_in_the_app(name, path):
    if any(other.split(".")[0] == "streamlit" for other in imported(path)):
        assert name.startswith(STREAMLIT_ALLOWED), f"{name} imports streamlit"


@pytest.mark.parametrize("name", ["explorer.figures", "explorer.runs"])
def test_torch_stays_out(name):
    for module, path in modules():
        if module.startswith(name):
            assert not any(other.split(".")[0] == "torch" for other in imported(path)), f"{module} imports torch"


def test_an_experiment_is_light():
    """Controls are drawn before torch is loaded: that takes two seconds."""
    code = (
        "import sys; from explorer.sequence import SequenceExperiment; SequenceExperiment(); "
        "from explorer.embedding import EmbeddingExperiment, ProjectionExperiment; EmbeddingExperiment(); "
        "import explorer.figures, explorer.runs; "
        "loaded = [m for m in ('torch', 'sklearn', 'gensim', 'numba', 'openTSNE', 'aeon', 'streamlit') if m in sys.modules]; "
        "sys.exit(str(loaded) if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_first_page_is_light():
    """Home shows the views of all pages; none of them may bring what takes long to load."""
    heavy = ("torch", "sklearn", "gensim", "numba", "openTSNE", "aeon", "transformers", "tokenizers", "scipy")
    code = f"import sys, explorer.app.presets; sys.exit(' '.join(m for m in {heavy} if m in sys.modules) or 0)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_no_module_of_the_app_hides_one_of_the_standard_library():
    """The router's folder comes first on the path, so a file named like a standard module would replace it."""
    names = {path.stem for path in (ROOT / "explorer" / "app").iterdir()}
    assert not names & sys.stdlib_module_names


def test_pages_stay_short():
    for path in ROOT.glob("pages/*.py"):
        assert len(path.read_text().splitlines()) <= 140, path.name
