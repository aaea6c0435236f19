"""The critical parts of a resource, each in a whole that cannot be misread."""

import textwrap

from pipeline.assemble.key_facts import find_key_facts
from pipeline.segments import split


def key_facts(markdown: str) -> str:
    text = textwrap.dedent(markdown).lstrip()
    return find_key_facts(text, split(text), body_start=0)


def test_a_critical_box_comes_with_the_heading_above_it():
    assert key_facts("""
        Most people do not need a doctor.

        ## Get help

        Wash your hands.

        !!! danger critical "Call 999 now"
            - a fit

            - fainting

        Rest.
        """) == textwrap.dedent("""\
        ## Get help

        !!! danger critical "Call 999 now"
            - a fit

            - fainting
        """)


def test_a_critical_cell_brings_its_whole_table():
    table = """\
| Age | Dose |
|---|---|
| 2 to 4 | 180 mg {.critical} |
| 4 to 6 | 240 mg |
"""
    text = f"Give it with food.\n\n<!-- critical -->\n{table}\nKeep it cool.\n"
    found = find_key_facts(text, split(text), body_start=0)
    assert found == f"<!-- critical -->\n{table}"


def test_a_critical_item_brings_the_others_of_its_list():
    found = key_facts("""
        1. Dial 999.

        2. Say "ambulance".

        <!-- unrelated -->

        Rest.

        - Keep warm.
        - Do not take more than 8 tablets in 24 hours.
          {.critical}
        """)
    assert found == (
        "- Keep warm.\n- Do not take more than 8 tablets in 24 hours.\n  {.critical}\n"
    )


def test_links_still_lead_home():
    found = key_facts("""
        <!-- critical -->
        Call [NHS 111][one].[^a]

        Rest.[^b]

        [one]: https://111.nhs.uk/
        [^a]: It is free.

        [^b]: In bed.
        """)
    assert "[one]: https://111.nhs.uk/" in found
    assert "[^a]: It is free." in found
    assert "In bed" not in found


def test_what_says_in_which_context_a_text_stands_comes_too():
    text = "Rest.\n\n<!-- context: as a verb -->\n\n<!-- critical -->\nOpen\n"
    found = find_key_facts(text, split(text), body_start=0)
    assert {s.key for s in split(found)} <= {s.key for s in split(text)}
    assert "as a verb" in found


def test_code_with_empty_lines_is_one_block():
    found = key_facts("""
        ```
        not

        critical
        ```

        <!-- critical -->
        Call 999.
        """)
    assert found == "<!-- critical -->\nCall 999.\n"


def test_an_element_with_empty_lines_is_one_block():
    found = key_facts("""
        <div class="card" markdown>

        Call 999.
        {.critical}

        At once.

        </div>

        Rest.
        """)
    assert found.startswith('<div class="card" markdown>')
    assert found.endswith("</div>\n")
    assert "Rest" not in found


def test_without_anything_critical_there_is_nothing():
    assert key_facts("# Rest\n\nDrink water.\n") == ""
