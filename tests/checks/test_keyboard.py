"""What goes wrong while typing, pasting and converting."""

import pytest

from pipeline.checks import (
    check_invisible_characters,
    check_legacy_encoding,
    check_punctuation,
    check_script_mixed,
    check_whitespace,
)

BROKEN = [
    ("ar", "اتصل بالطبيب."),
    ("pl", "Zadzwoń do lekarza."),
    ("bn", "ডাক্তারকে ফোন করুন।"),
    ("ti", "ንሓኪም ደውሉ።"),
    ("fr", "Appelez un médecin à l’hôpital."),
    ("uk", "Зателефонуйте лікарю."),
]


@pytest.mark.parametrize(("tag", "target"), BROKEN)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_utf_8_that_was_read_as_something_else(said, tag, target, encoding):
    assert said(check_legacy_encoding, tag, "Call a doctor.", target) == []
    spoilt = target.encode().decode(encoding, "replace")
    ((severity, message),) = said(check_legacy_encoding, tag, "Call a doctor.", spoilt)
    assert severity == "critical"
    assert "wrong encoding" in message


@pytest.mark.parametrize("target", ["??? ??? ????", "Wac \ufffd takhtar", "\ue012\ue013"])
def test_letters_that_are_lost(said, target):
    assert said(check_legacy_encoding, "ar", "Call a doctor.", target) != []


@pytest.mark.parametrize(
    ("tag", "target", "severity"),
    [
        ("so", "Gacma\u200bhaaga dhaq.", "minor"),
        ("so", "Gacma\u200dhaaga dhaq.", "minor"),
        ("so", "Gacma\u00adhaaga dhaq.", "minor"),
        ("ar", "اغسل\x07 يديك.", "major"),
        ("es", "Lávese\U000e0041 las manos.", "major"),
    ],
)
def test_characters_that_nobody_sees(said, tag, target, severity):
    ((found, message),) = said(check_invisible_characters, tag, "Wash your hands.", target)
    assert found == severity
    assert "nobody sees" in message


@pytest.mark.parametrize(
    ("tag", "target"),
    [
        ("fa", "دست‌های خود را بشویید."),
        ("km", "លាង\u200bដៃ។"),
        ("bn", "র‍্যাশ"),
        ("fr", "Lavez-vous\u00a0!"),
    ],
)
def test_characters_that_a_script_needs(said, tag, target):
    assert said(check_invisible_characters, tag, "Wash your hands.", target) == []


def test_letters_that_look_alike(said):
    ((severity, message),) = said(check_script_mixed, "uk", "at home", "вд\u043eма вд\u006fма")
    assert (severity, "вдoма" in message) == ("major", True)
    assert said(check_script_mixed, "uk", "at home", "вдома, COVID-19") == []
    assert said(check_script_mixed, "ar", "IFNβ is low.", "مستوى IFNβ منخفض.") == []


@pytest.mark.parametrize(
    ("target", "count"),
    [("Qandho ma leedahay?", 0), ("Qandho ma leedahay.", 1), ("هل لديك حمى؟", 0), ("(Qandho?", 1)],
)
def test_marks_are_advice(said, target, count):
    found = said(check_punctuation, "so", "Do you have a fever?", target)
    assert [severity for severity, _ in found] == ["minor"] * count


@pytest.mark.parametrize(
    ("target", "count"), [("Guriga naso.", 0), ("Guriga  naso.", 1), (" Naso", 1)]
)
def test_spaces_are_advice(said, target, count):
    found = said(check_whitespace, "so", "Rest at home.", target)
    assert [severity for severity, _ in found] == ["minor"] * count
