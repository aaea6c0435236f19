import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The laws compare what the benchmark compares, with the same renderer.
sys.path.insert(0, str(ROOT / "benchmarks" / "segments"))


@pytest.fixture(scope="session")
def corpus():
    """Markdown files of well-known projects."""
    files = sorted((ROOT / ".cache" / "corpus").rglob("*.md"))
    if not files:
        pytest.skip("no .cache/corpus: run benchmarks/segments/fetch_corpus.py")
    return files
