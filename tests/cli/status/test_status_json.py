"""`pipeline status --format json`, held against the schema that ships."""

import json
import re
from pathlib import Path

import pytest

from pipeline.cli.status_json import render_json

REFERENCE = Path(__file__).parents[3] / "docs/reference"
SCHEMA = json.loads((REFERENCE / "status.schema.json").read_text("utf-8"))
KINDS = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
KNOWN = {
    "$schema", "title", "type", "additionalProperties", "required", "properties", "$defs", "$ref",
    "items", "const", "enum", "pattern", "minimum", "anyOf",
}  # fmt: skip


def faults(value: object, schema: dict, place: str = "") -> list[str]:
    """Where a value is not what the schema asks for: as much of JSON Schema as ours uses."""
    assert set(schema) <= KNOWN, f"{place}: {set(schema) - KNOWN} is not checked here"
    if "$ref" in schema:
        return faults(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], place)
    if "anyOf" in schema:
        found = [faults(value, option, place) for option in schema["anyOf"]]
        return [] if [] in found else found[0]
    if "const" in schema or "enum" in schema:
        allowed = schema.get("enum", [schema.get("const")])
        return [] if value in allowed else [f"{place}: {value!r} is none of {allowed}"]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(is_a(value, kind) for kind in kinds):
        return [f"{place}: {value!r} is no {kinds}"]
    return [*plain_faults(value, schema, place), *inner_faults(value, schema, place)]


def plain_faults(value: object, schema: dict, place: str) -> list[str]:
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return [f"{place}: {value!r} is not like {schema['pattern']}"]
    if isinstance(value, int) and value < schema.get("minimum", value):
        return [f"{place}: {value} is too small"]
    return []


def is_a(value: object, kind: str) -> bool:
    if kind == "null":
        return value is None
    return isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))


def inner_faults(value: object, schema: dict, place: str) -> list[str]:
    if isinstance(value, list):
        return [
            f for n, item in enumerate(value) for f in faults(item, schema["items"], f"{place}/{n}")
        ]
    if not isinstance(value, dict):
        return []
    assert schema["additionalProperties"] is False, place
    assert set(schema["properties"]) >= set(schema["required"]), place
    wrong = [f"{place}: no {key}" for key in schema["required"] if key not in value]
    for key, inner in value.items():
        if key not in schema["properties"]:
            wrong.append(f"{place}: nothing is said of {key}")
        else:
            wrong += faults(inner, schema["properties"][key], f"{place}/{key}")
    return wrong


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ({"days": 3, "working": True}, []),
        ({"days": -3, "working": True}, ["/days: -3 is too small"]),
        ({"days": True, "working": True}, ["/days: True is no ['integer']"]),
        ({"days": 3}, [": no working"]),
        ({"days": 3, "working": True, "more": 1}, [": nothing is said of more"]),
    ],
)
def test_the_check_of_the_schema_sees_faults(value, wrong):
    target = SCHEMA["$defs"]["lateness"]["properties"]["target"]
    assert faults(value, target) == wrong


def test_every_state_is_as_the_schema_says(states):
    data = json.loads(render_json(states.report()))
    assert faults(data, SCHEMA) == []
    told = {cell["state"] for row in data["languages"] for cell in row["resources"]}
    assert told == set(SCHEMA["$defs"]["cell"]["properties"]["state"]["enum"])


def test_every_key_of_the_schema_is_documented():
    words = set(re.findall(r"[a-z_]+", (REFERENCE / "status.md").read_text("utf-8")))
    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", ())}
    assert keys - words == set()


def test_every_figure_of_a_stale_leaflet(states):
    data = json.loads(render_json(states.report("so")))
    assert (data["version"], data["now"], data["source_locale"]) == (
        2, "2026-11-12T12:00:00Z", "en",
    )  # fmt: skip
    assert data["targets"] == {
        "urgent_days": 3,
        "routine_working_days": 10,
        "alarm_days": 30,
        "holidays": "GB-ENG",
    }
    (language,) = data["languages"]
    (cell,) = [c for c in language["resources"] if c["resource"] == "covid-19/stale"]
    critical = {"critical": 11, "critical_translated": 3, "critical_signed": 3}
    assert cell["tally"]["words"] == {"total": 30, "translated": 22, "signed": 22, **critical}
    assert cell["tally"]["segments"]["total"] == 6
    assert cell["stale"] == {"segments": 1, "critical": 1}
    assert cell["waits"] == [
        {
            "role": "translator",
            "side": "target",
            "since": "2026-11-09T09:00:00Z",
            "seconds": 3 * 86400 + 3 * 3600,
            "segments": 1,
            "words": 8,
            "critical_words": 8,
            "owed": False,
        }
    ]
    assert cell["lateness"] == {
        "target": {"days": 10, "working": True},
        "due": "2026-11-23T09:00:00Z",
        "late": False,
        "alarm": False,
    }
    assert cell["summary"] == "covid-19/stale · 3 d 3 h · waiting 3 d 3 h for a translator"


def test_the_rounds_of_a_stale_leaflet(states):
    data = json.loads(render_json(states.report("so")))
    (cell,) = [c for c in data["languages"][0]["resources"] if c["resource"] == "covid-19/stale"]
    clock = cell["clock"]
    assert clock["approved"] == "2026-11-09T09:00:00Z"
    assert clock["first_live"] == clock["last_live"] == "2026-11-05T10:00:00Z"
    assert clock["running"] == {"seconds": 3 * 86400 + 3 * 3600, "working_days": 3}
    first, change = clock["rounds"]
    assert (first["live"], first["recorded"], first["change"]) == (
        "2026-11-05T10:00:00Z", True, False,
    )  # fmt: skip
    assert (first["seconds"], first["working_days"]) == (3 * 86400 + 3600, 3)
    assert [step["roles"] for step in first["steps"]] == [
        ["translator"], ["reviser", "community-reader"],
    ]  # fmt: skip
    assert first["steps"][0]["done"] == "2026-11-03T09:00:00Z"
    assert (change["live"], change["change"], change["words"]) == (None, True, 8)


def test_an_uncounted_language_has_null_people(states):
    (language,) = json.loads(render_json(states.report("prs")))["languages"]
    assert language["people"] is None
    assert language["people_source"].startswith("Not counted apart in Census 2021")
    assert not language["open"]


def test_each_resource_stands_on_a_line(states):
    lines = render_json(states.report("so", resources=["covid-19/live"])).splitlines()
    assert lines[:6] == [
        "{",
        '  "version": 2,',
        '  "now": "2026-11-12T12:00:00Z",',
        '  "source_locale": "en",',
        '  "demonstration": true,',
        '  "targets": {',
    ]
    (cell,) = [line for line in lines if '"resource"' in line]
    assert cell.startswith(
        '        {"resource": "covid-19/live", "state": "live", "page": "live", '
    )
    assert lines[-4:] == ["      ]", "    }", "  ]", "}"]
