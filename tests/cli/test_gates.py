"""What the checks know of a project's languages, in a process that lives longer than a build."""

import os

from pipeline.cli.gates import digest_languages, forget_languages, project_languages
from pipeline.config import load_project

HEAD = "source_term,target_term,status,note,origin\n"


def test_a_glossary_that_only_looks_as_before_is_read_again(place):
    project = load_project(place.root)
    glossary = place.root / "locales/so/glossary.csv"
    glossary.write_text(f"{HEAD}water,biyo,preferred,,\n", "utf-8")
    before = glossary.stat()
    digest = digest_languages(project, "so")
    assert project_languages(project, "so").glossary.terms[0].target == "biyo"

    glossary.write_text(f"{HEAD}water,cabb,preferred,,\n", "utf-8")
    os.utime(glossary, ns=(before.st_atime_ns, before.st_mtime_ns))
    forget_languages()

    assert digest_languages(project, "so") != digest
    assert project_languages(project, "so").glossary.terms[0].target == "cabb"
