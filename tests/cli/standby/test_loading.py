"""What the process that stands by has loaded, and whether it is still that."""

import os
import subprocess
import sys
import time

from pipeline.cli.standby.loading import Loaded, has_stayed

REHEARSE = """
from pathlib import Path
from pipeline.cli.standby.loading import rehearse
from pipeline.config import load_project
print(rehearse(load_project(Path.cwd()), ["so"]), "leaflets")
"""


def test_what_was_put_there_while_it_loads_is_seen_whatever_its_time_says(tmp_path):
    module = tmp_path / "module.py"
    module.write_text("print('old')")
    began = module.stat().st_ctime_ns + 50_000_000
    assert has_stayed(str(module), began)

    time.sleep(0.1)
    (tmp_path / "new.py").write_text("print('new')")
    os.utime(tmp_path / "new.py", (0, 0))
    (tmp_path / "new.py").replace(module)
    assert not has_stayed(str(module), began)

    module.unlink()
    assert not has_stayed(str(module), began)


def test_a_module_that_is_loaded_later_is_looked_at_from_then_on(tmp_path, monkeypatch):
    path = tmp_path / "loaded_late_by_warming.py"
    path.write_text("WORD = 'Biyo'")
    loaded = Loaded(files={}, trees={}).with_modules()
    assert str(path) not in loaded.files
    with monkeypatch.context() as within:
        within.syspath_prepend(tmp_path)
        within.setattr(sys, "dont_write_bytecode", True)
        import loaded_late_by_warming  # noqa: F401, PLC0415

        later = loaded.with_modules()
        del sys.modules["loaded_late_by_warming"]
    assert later.files.keys() - loaded.files.keys() == {str(path)}
    assert later.is_current()
    path.write_text("WORD = 'Biyo badan'")
    assert not later.is_current()
    assert loaded.is_current()


def test_a_page_that_leads_to_others_is_made_alone(place):
    text = place.resource.read_text("utf-8").replace("leaflets: []\n", "")
    cough = place.resource.with_name("cough.md")
    cough.write_text(text.replace("Fever", "Cough"), "utf-8")
    place.resource.write_text(f"{text}\nRead [more](../covid-19/cough.md).\n", "utf-8")

    # In a process of its own: whoever has set leaflets may not be copied any more.
    command = [sys.executable, "-c", REHEARSE]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("4 leaflets\n", "")
