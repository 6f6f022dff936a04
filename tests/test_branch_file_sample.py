"""The branch file that comes with the program."""

import csv
import tomllib
from pathlib import Path

import pytest

from queueing.branchfile import SAMPLE, BranchFileError, load, parse

ROOT = Path(__file__).parents[1]
PROCEDURES = ROOT / "catalogue/procedures.csv"


@pytest.fixture(scope="module")
def sample():
    return load(SAMPLE)


def test_it_is_accepted_without_a_warning(sample):
    assert sample.warnings == ()


def test_it_names_the_seven_letters_that_sound_apart(sample):
    assert [service.prefix for service in sample.services] == list("ABHLMQX")


def test_it_has_six_counters_in_two_zones_and_each_service_is_shared_or_helped(sample):
    assert [counter.number for counter in sample.counters] == [1, 2, 3, 4, 5, 6]
    assert {counter.zone for counter in sample.counters} == {"a", "b"}
    desks = {s.code: sum(s.code in c.tiers for c in sample.counters) for s in sample.services}
    assert desks.pop("truc-tuyen") == 1
    assert all(count >= 2 for count in desks.values())


def test_it_is_always_open(sample):
    assert sample.hours.always_open
    assert sample.hours.ranges == ()


def test_every_field_of_the_catalogue_belongs_to_exactly_one_service(sample):
    with PROCEDURES.open(encoding="utf-8", newline="") as file:
        fields = {row["field"] for row in csv.DictReader(file)}
    named = [field for service in sample.services for field in service.fields]
    assert sorted(named) == sorted(fields)


def test_a_named_procedure_goes_before_its_field():
    text = SAMPLE.read_text(encoding="utf-8").replace(
        'code = "truc-tuyen"', 'code = "truc-tuyen"\nprocedures = ["1.001193"]'
    )
    file = parse(text)
    assert file.service_for("Hộ tịch", "1.001193") == "truc-tuyen"
    assert file.service_for("Hộ tịch", "1.000894") == "ho-tich"
    assert file.service_for("Hàng không", "9.000000") is None


def test_main_services_stand_before_those_a_counter_helps_with(sample):
    assert sample.counters[4].tiers == {"lao-dong": 1, "kinh-doanh": 1, "dat-dai": 2}


def test_the_examples_in_its_comments_are_valid_too():
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    hours = [line[2:] for line in lines if line.startswith(("# monday", "# closed", "# saturday"))]
    start = lines.index("# [printer]")
    printer = [line[2:] for line in lines[start : start + 6]]
    text = "\n".join(line for line in lines if line != "always_open = true")
    text = text.replace("[hours]", "\n".join(["[hours]", *hours]))
    file = parse("\n".join([text.replace("[settings]", ""), *printer]))
    assert file.hours.ranges[:2] == ((0, "07:30", "11:30"), (0, "13:30", "17:00"))
    assert file.hours.closed_days[0] == ("2027-01-01", "")
    assert file.printer is not None
    assert (file.printer.address, file.printer.width) == ("192.168.1.50:9100", 576)


def test_it_holds_no_password():
    officers = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))["officer"]
    assert all(set(officer) == {"login", "name", "role"} for officer in officers)
    assert {officer["role"] for officer in officers} == {"officer", "supervisor", "admin"}


@pytest.mark.parametrize(
    "part",
    ["branch", "[zone]", "[service]", "[counter]", "hours", "[priority]", "[officer]", "printer"],
)
def test_every_key_is_explained_in_the_documentation(part):
    explained = (ROOT / "docs/branch-file.md").read_text(encoding="utf-8")
    with pytest.raises(BranchFileError) as caught:
        parse(f"[{part}]\nzzzzzzzz = 1")
    known = [p.facts["known"] for p in caught.value.problems if p.facts.get("key") == "zzzzzzzz"]
    for key in str(known[0]).split(", "):
        assert f"`{key}`" in explained
