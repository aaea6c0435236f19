"""What is loaded before anybody asks for it: also all that leaflets are set with."""

import subprocess
import sys

REHEARSE = """
from pathlib import Path
from pipeline.cli.standby.loading import rehearse
from pipeline.config import load_project
print(rehearse(load_project(Path.cwd()), ["so"]), "leaflets")
"""


def test_a_page_that_leads_to_others_is_made_alone(place):
    text = place.resource.read_text("utf-8").replace("leaflets: []\n", "")
    cough = place.resource.with_name("cough.md")
    cough.write_text(text.replace("Fever", "Cough"), "utf-8")
    place.resource.write_text(f"{text}\nRead [more](../covid-19/cough.md).\n", "utf-8")

    # In a process of its own: whoever has set leaflets may not be copied any more.
    command = [sys.executable, "-c", REHEARSE]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("4 leaflets\n", "")
