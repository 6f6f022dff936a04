"""What a branch file is refused for, and how it is said."""

import re

import pytest

from queueing.branchfile import BranchFileError, load, parse

GOOD = """
[branch]
code = "xa"
name = "Xã"
[[zone]]
code = "a"
name = "Khu A"
[[service]]
code = "dat-dai"
prefix = "H"
name = "Đất đai"
fields = ["Đất đai"]
[[service]]
code = "ho-tich"
prefix = "A"
name = "Hộ tịch"
[[counter]]
number = 1
zone = "a"
services = ["dat-dai", "ho-tich"]
[hours]
always_open = true
[[priority]]
code = "cao-tuoi"
name = "Người cao tuổi"
[[officer]]
login = "hoa"
name = "Hoa"
"""
PRINTER = '[printer]\nname = "In"\ntransport = "network"\naddress = "10.0.0.5:9100"\n'


def mistakes(text):
    with pytest.raises(BranchFileError) as caught:
        parse(text)
    return [problem.worded() for problem in caught.value.problems]


def changed(old, new):
    assert GOOD.count(old) >= 1
    return GOOD.replace(old, new, 1)


def test_the_good_file_is_good():
    assert [service.code for service in parse(GOOD).services] == ["dat-dai", "ho-tich"]


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ('prefix = "H"', 'prefix = "I"', 'service 1 (code "dat-dai")', "looks like 1"),
        ('prefix = "H"', 'prefix = "O"', 'service 1 (code "dat-dai")', "looks like 0"),
        ('prefix = "H"', 'prefix = "h"', "service 1", "one capital letter"),
        ('prefix = "H"', 'prefix = "HA"', "service 1", "one capital letter"),
        ('prefix = "H"', 'prefix = "W"', "service 1", "one capital letter"),
        ('prefix = "H"', 'prefix = "A"', "service 2", 'already that of service "dat-dai"'),
        ('prefix = "H"', "prefix = 7", "service 1", "text in double quotes"),
        ('prefix = "H"\n', "", "service 1", "prefix is missing"),
        ('prefix = "H"', 'prefx = "H"', "service 1", 'did you mean "prefix"?'),
        ('code = "dat-dai"', 'code = "Đất đai"', "service 1", "without accents"),
        ('code = "ho-tich"', 'code = "dat-dai"', "service", "used 2 times"),
        ('"Đất đai"\nfields', '" "\nfields', "service 1", "name is empty"),
        ('"Đất đai"\nfields', '"a\\u202eb"\nfields', "service 1", "invisible character"),
        ('"Đất đai"\nfields', '"a\\nb"\nfields', "service 1", "line break"),
        ('"Đất đai"\nfields', f'"{"x" * 81}"\nfields', "service 1", "longer than 80"),
        ('fields = ["Đất đai"]', 'fields = "Đất đai"', "service 1", "must be a list"),
        ('fields = ["Đất đai"]', 'fields = ["a", "a"]', "service 1", "twice"),
        ('fields = ["Đất đai"]', 'procedures = ["1.1"]', "service 1", "look like 1.001193"),
        ('fields = ["Đất đai"]', "target_minutes = 0", "service 1", "from 1 to 480"),
        ('fields = ["Đất đai"]', "target_minutes = true", "service 1", "whole number"),
        ("number = 1", "number = 100", "counter 1", "from 1 to 99"),
        ('zone = "a"', 'zone = "b"', 'counter 1 (number "1")', 'there is no zone "b"'),
        ('"dat-dai", ', '"dat-da", ', "counter 1", 'did you mean "dat-dai"?'),
        ('["dat-dai", "ho-tich"]', "[]", "counter 1", "at least one service"),
        ('zone = "a"', 'helps = ["ho-tich"]', "counter 1", "both services and helps"),
        ("[hours]\nalways_open = true", "", "file", "a [hours] part is needed"),
        ("always_open = true", "always_open = 1", "hours", "true or false"),
        ("always_open = true", "always_open = false", "hours", "no hours are given"),
        ("always_open = true", 'monday = ["7:30-11:30"]', "hours", "look like 07:30-11:30"),
        ("always_open = true", 'monday = ["11:30-07:30"]', "hours", "ends before it begins"),
        ("always_open = true", 'monday = ["07:00-11:00", "10:00-12:00"]', "hours", "overlap"),
        ("always_open = true", 'mondy = ["07:00-11:00"]', "hours", 'did you mean "monday"?'),
        ("= true", '= true\nmonday = ["07:00-11:00"]', "hours", "keep one"),
        ("= true", '= true\nclosed_days = ["2027-02-30"]', "hours", "look like 2027-01-01"),
        ("= true", "= true\nclosed_days = [2027-01-01, 2027-01-01]", "hours", "twice"),
        ('login = "hoa"', 'login = "Hòa"', "officer 1", "small letters"),
        ('name = "Hoa"', 'name = "Hoa"\npassword = "x"', "officer 1", "no passwords"),
        ('name = "Hoa"', 'name = "Hoa"\nrole = "boss"', "officer 1", "is not one of: officer"),
        ('code = "cao-tuoi"', 'code = "cao-tuoi"\nrank = 0', "priority 1", "from 1 to 9"),
        ('name = "Xã"', 'name = "Xã"\ntimezone = "Asia/Hanoi"', "branch", "is unknown"),
        ("[hours]", "[settings]\nundo_second = 9\n[hours]", "settings", '"undo_seconds"?'),
        ("[hours]", "[settings]\nqqqqq = 9\n[hours]", "settings", 'no setting "qqqqq"'),
        ("[hours]", "[settings]\nundo_seconds = 301\n[hours]", "settings", "0 and 300"),
        ("[hours]", '[settings]\nundo_seconds = "--5"\n[hours]', "settings", "not allowed"),
        ("[hours]", "[settings]\nslip_qr = [true]\n[hours]", "settings", "true or false"),
        ("number = 1", "number = 0x" + "f" * 5000, "counter 1", "from 1 to 99"),
        ("[branch]", "[branhc]", "file", "[branch] part is needed"),
        ("[[service]]", "[[service]]]", "file", "not valid TOML"),
        ("[[officer]]", "[officer]", "file", "[[officer]]"),
        ("[hours]", PRINTER + "width = 500\n[hours]", "printer", "576"),
        ("[hours]", PRINTER.replace(":9100", "") + "[hours]", "printer", "192.168.1.50:9100"),
        ("[hours]", PRINTER.replace("network", "usb") + "[hours]", "printer", "is not one of"),
    ],
)
def test_it_says_where_and_what(old, new, place, says):
    found = mistakes(changed(old, new))
    assert any(line.startswith(place) and says in line for line in found), found


def test_d_beside_its_barred_twin_is_refused():
    text = changed('prefix = "H"', 'prefix = "D"').replace('prefix = "A"', 'prefix = "Đ"')
    assert any('"Đ" looks like "D"' in line for line in mistakes(text))


def test_all_mistakes_are_listed_at_once():
    text = changed('prefix = "H"', 'prefix = "I"').replace('zone = "a"', 'zone = "q"')
    text = text.replace('login = "hoa"', "login = 3")
    assert [line.split(":")[0].split(" ")[0] for line in mistakes(text)] == [
        "officer",
        "service",
        "counter",
    ]


def test_letters_that_rhyme_are_warned_of_and_not_refused():
    text = changed('prefix = "H"', 'prefix = "B"').replace('prefix = "A"', 'prefix = "V"')
    assert "B, V sound alike" in parse(text).warnings[0].worded()


def test_a_service_no_counter_serves_is_warned_of():
    warnings = parse(changed('"dat-dai", ', "")).warnings
    assert warnings[0].worded() == 'counter: no counter serves "dat-dai"'


def test_a_message_can_be_put_into_another_language():
    with pytest.raises(BranchFileError) as caught:
        parse(changed('prefix = "H"', 'prefix = "I"'))
    words = {'prefix "{letter}" looks like {digit}; choose another letter': "{letter} ~ {digit}"}
    assert caught.value.worded(words.__getitem__) == 'service 1 (code "dat-dai"): I ~ 1'


def test_settings_are_kept_as_the_text_the_store_keeps():
    values = "[settings]\nundo_seconds = 45\nslip_qr = false\npublic_url = 'http://10.0.0.2'\n"
    assert parse(changed("[hours]", values + "[hours]")).settings == {
        "undo_seconds": "45",
        "slip_qr": "false",
        "public_url": "http://10.0.0.2",
    }


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path):
    path = tmp_path / "xa.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load(path).branch.code == "xa"


def test_decomposed_letters_are_composed():
    assert parse(changed('name = "Xã"', 'name = "Xa\u0303"')).branch.name == "Xã"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\n\xff\xfe", "line 2 is not UTF-8"),
        (b"a = " + b"[" * 100_000, "nested too deep|not valid TOML"),
        (b"a = " + b"9" * 10_000, "not valid TOML"),
        (b"#" * 1_000_001, "larger than"),
    ],
)
def test_a_broken_file_is_refused_in_one_line(tmp_path, content, says):
    path = tmp_path / "xa.toml"
    path.write_bytes(content)
    with pytest.raises(BranchFileError) as caught:
        load(path)
    assert re.search(says, str(caught.value))
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("name", ["missing.toml", ".", "with\0null"])
def test_a_path_that_is_no_file_is_refused(tmp_path, name):
    with pytest.raises(BranchFileError, match="cannot be read"):
        load(f"{tmp_path}/{name}")
