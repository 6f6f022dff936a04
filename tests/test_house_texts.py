"""The check of the text catalogues finds what would show on a screen."""

from pathlib import Path

import pytest

from tools import texts

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(texts, "LOCALE", tmp_path)
    monkeypatch.setattr(texts, "texts_in_use", lambda: {"Take a ticket"})
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    return folder / "denluot.po"


def check(source: Path, entries: str) -> list[str]:
    source.write_text(HEAD + entries, encoding="utf-8")
    source.with_suffix(".mo").write_bytes(texts.compiled(source))
    return list(texts.complaints())


def test_it_is_content_with_a_whole_catalogue(source: Path) -> None:
    assert check(source, 'msgid "Take a ticket"\nmsgstr "Mời lấy số"\n') == []


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ("", "no translation of 'Take a ticket'"),
        ('msgid "Take a ticket"\nmsgstr ""\n', "no translation of 'Take a ticket'"),
        ('#, fuzzy\nmsgid "Take a ticket"\nmsgstr "Mời lấy số"\n', "fuzzy"),
        ('msgid "Take a ticket"\nmsgstr "Mời {n}"\n', "fills in what nobody gives: 'Mời {n}'"),
        ('msgid "Take a ticket"\nmsgstr "Lấy so\u0302\u0301"\n', "not NFC"),
    ],
)
def test_it_names_what_is_missing_or_broken(source: Path, entries: str, fault: str) -> None:
    (said,) = check(source, entries)
    assert fault in said


def test_it_sees_a_catalogue_that_was_not_compiled_again(source: Path) -> None:
    check(source, 'msgid "Take a ticket"\nmsgstr "Lấy số"\n')
    source.write_text(source.read_text().replace("Lấy số", "Mời lấy số"))
    assert list(texts.complaints()) == [
        "vi/LC_MESSAGES/denluot.po: the compiled catalogue does not match it: make texts"
    ]


def test_it_reads_texts_from_python_pages_scripts_and_refusals() -> None:
    in_use = texts.texts_in_use()
    assert "There is no counter {counter} here." in in_use
    assert "Take a number" in in_use
    assert "Nobody waiting" in in_use
