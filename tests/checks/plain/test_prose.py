"""What of a resource is read as words."""

from pipeline.checks.plain.prose import count_sentences, read_blocks, split_sentences
from pipeline.segments import split


def texts(markdown):
    return [block.text for block in read_blocks(split(markdown))]


def sentences(text):
    return [sentence.text for sentence in split_sentences(text)]


def test_code_addresses_and_markup_are_no_prose():
    assert texts(
        "Read [the **NHS** page](https://www.nhs.uk/ 'A title'){: .wide } or `nhs.exe`, "
        "<b>today</b> &amp; _tomorrow_.[^1] See https://www.nhs.uk/ :smile:\n\n[^1]: A note.\n"
    ) == ["Read the NHS page or , today & tomorrow. See", "A note."]


def test_the_text_of_a_picture_stands_apart():
    assert texts("Rest. ![A bed](bed.svg) Drink.\n") == ["Rest. Drink.", "A bed"]


def test_code_blocks_and_comments_are_left_out():
    assert texts(
        "Rest.\n\n```\nrm -rf everything\n```\n\n<!-- translators: hidden -->\nDrink.\n"
    ) == [
        "Rest.",
        "Drink.",
    ]


def test_short_forms_end_no_sentence():
    assert sentences("Ask Dr. Shah, e.g. about milk. Call 111. It is free.") == [
        "Ask Dr. Shah, e.g. about milk.",
        "Call 111.",
        "It is free.",
    ]


def test_a_sentence_may_begin_in_quotation_marks_or_with_a_number():
    assert sentences('Say "help". "I need help." 999 is free. What now?') == [
        'Say "help".',
        '"I need help."',
        "999 is free.",
        "What now?",
    ]


def test_a_line_break_of_the_author_ends_a_piece():
    assert sentences("1 High Street\nLondon") == ["1 High Street", "London"]


def test_a_piece_without_an_end_is_no_whole_sentence():
    assert [s.is_whole for s in split_sentences("chest pain")] == [False]
    assert [s.is_whole for s in split_sentences('Say "ambulance."')] == [True]


def test_sentences_of_other_scripts_are_counted():
    assert count_sentences("استرح. اشرب الماء. هل تشعر بالألم؟") == 3
    assert count_sentences("বিশ্রাম নিন। পানি পান করুন।") == 2
    assert count_sentences("ውሰድ። ስተ።") == 2
    assert count_sentences("休息。喝水。") == 2
    assert count_sentences("no end") == 1
