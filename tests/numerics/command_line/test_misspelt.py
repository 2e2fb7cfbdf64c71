"""What nothing is called is refused with what may have been meant, in every subcommand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.command_line.group import sharpness as group
from theory.did_you_mean import did_you_mean

MINIMAL = "minimal:100,5.477,0.233,0.3,1.414"
RUN = (MINIMAL, "--step-size", "1", "--init", "c=1,1,v=1", "--steps", "3")


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["trian"], "train"),
        (["Bounds"], "bounds"),
        (["data", "describ"], "describe"),
        (["bounds", MINIMAL, "--dept", "2"], "--depth"),
        (["train", *RUN, "--step_size", "1"], "--step-size"),
        (["verify", "--mutant"], "--mutants"),
        (["train", *RUN, "--optimizer", "gdd"], "gd"),
        (["train", *RUN, "--arithmetic", "flot64"], "float64"),
        (["train", *RUN, "--arithmetic", "mfpr:200"], "mpfr"),
        (["train", *RUN[:3], "--init", "balancd"], "balanced"),
        (["bounds", "t.csv", "--standardize", "colums"], "columns"),
        (["certify", *RUN, "--claim", "sharpnes > 2"], "sharpness"),
        (["certify", *RUN, "--claim", "loss > 1 allways"], "always"),
        (["verify", "4.3"], "thm-4.3"),
        (["verify", "thm4.3"], "thm-4.3"),
        (["show", "Theorem 4.6"], "thm-4.6"),
        (["show", "err4.4"], "err-4.4"),
        (["bounds", "digit:3,5"], "digits"),
        (["bounds", "sklearn:irsi"], "iris"),
        (["bounds", "sklearn:iris:setosa,versicolour"], "versicolor"),
        (["reproduce", "tabel-1"], "table-1"),
        (["data", "fetch", "cifr10"], "cifar10"),
        (["completion", "bsh"], "bash"),
    ],
)
def test_a_misspelt_word_is_refused_with_the_right_one(command, arguments, meant):
    done = command(*arguments)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    suggested = done.stderr.partition("; did you mean ")[2].partition("?")[0].split(" or ")
    assert meant in suggested


def test_columns_classes_and_files_of_ones_own(command, tmp_path):
    table = tmp_path / "measurements.csv"
    table.write_text("age,price\n1,2\n2,3\n4,7\n")
    assert "did you mean price?" in command("bounds", str(table), "--label", "prise").stderr
    assert "did you mean measurements.csv?" in command("bounds", str(tmp_path / "measurments.csv")).stderr
    (tmp_path / "pets.csv").write_text("a,b,pet\n1,2,cat\n3,4,dog\n5,1,bird\n")
    assert "did you mean dog?" in command("bounds", str(tmp_path / "pets.csv"), "--classes", "cat,dgo").stderr
    (tmp_path / "yes").mkdir()
    assert "did you mean yes?" in command("bounds", f"speech:{tmp_path}:ye,no").stderr
    assert "did you mean" not in command("bounds", str(tmp_path / "other.npy")).stderr


@pytest.mark.parametrize(
    ("table", "remedy"),
    [
        ("0,1,2\n1,2,3\n4,5,7\n2,2,9\n", "say --header or --no-header"),
        ("a,b,y\n1,NA,1\n3,4,-1\n2,3,1\n", "remove the row, or replace it, or leave the column out with --drop"),
        ('a,b,y\n"1,234",2,1\n3,4,-1\n5,1,1\n', "say --decimal , or write it without commas"),
        ("a,b,y\n1,2,cat\n3,4,dog\n5,1,bird\n", "name two of them with --classes A,B, or another column with --label"),
        ("a,b,y\n1,2,yes\n3,-,no\n5,1,yes\n", "--drop"),
    ],
)
def test_a_mistake_in_a_table_is_one_line_with_a_remedy(command, tmp_path, table, remedy):
    (tmp_path / "table.csv").write_text(table)
    done = command("bounds", str(tmp_path / "table.csv"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert remedy in done.stderr


@pytest.mark.parametrize("name", group.list_commands(None))
def test_every_option_of_every_command_is_recognized_with_two_letters_exchanged(command, name):
    found = group.get_command(None, name)
    options = {option for parameter in found.params for option in parameter.opts}
    for option in filter(re.compile("--.{5,}").match, options):
        wrong = option[:4] + option[5] + option[4] + option[6:]
        if wrong != option:
            assert option in command(name, wrong).stderr.partition("; did you mean ")[2], wrong


@given(st.text(), st.lists(st.text()))
def test_any_words_at_all(word, known):
    found = did_you_mean(word, known)
    assert found == "" or found.startswith("; did you mean ")
