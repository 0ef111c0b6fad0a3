import tracemalloc

import pytest

from explorer.text import read_column


def refused(data: bytes) -> str:
    with pytest.raises(ValueError) as refusal:
        read_column(data)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("data", "values"),
    [
        (b"1\n2.5\n-3e1\n", (1.0, 2.5, -30.0)),
        (b"sales\r\n4\r\n\r\n5\r\n9\r\n", (4.0, 5.0, 9.0)),
        (b"date,passengers\n1949-01,112\n1949-02,118\n", (112.0, 118.0)),
        (b"Jahr;Wert\n1821;1,5\n1822;2,7\n1823;0,1", (1.5, 2.7, 0.1)),
        (b"a\tb\nx\t7\ny\t6", (7.0, 6.0)),
        (b'name,"value"\n"a, b","3"\nc,4', (3.0, 4.0)),
        ("\ufeff7\n8\n7\n".encode(), (7.0, 8.0, 7.0)),
    ],
)
def test_the_first_numeric_column(data, values):
    assert read_column(data) == values


def test_a_running_number_is_passed_over():
    assert read_column(b"year,lynx,other\n1821,269,1\n1822,321,1\n1823,585,1\n") == (269.0, 321.0, 585.0)


def test_but_not_when_it_is_all_there_is():
    assert read_column(b"1\n2\n3\n4") == (1.0, 2.0, 3.0, 4.0)


def test_a_constant_column_is_no_running_number():
    assert read_column(b"5,1\n5,2\n5,4\n") == (5.0, 5.0, 5.0)


def test_line_and_cell_are_named():
    message = refused(b"x\n1\n2\n\nn/a\n4")
    assert "line 5" in message and "“n/a”" in message


def test_a_missing_cell_is_named():
    message = refused(b"day,x\nmon,1\ntue\nwed,3")
    assert "Column 2" in message and "line 3 has no value" in message


def test_a_running_number_never_stands_in_for_a_column_with_a_gap():
    message = refused(b"year,v\n1949,\n1950,1\n1951,3\n")
    assert "Only a column that counts" in message and "Column 2" in message and "line 2 has no value" in message
    assert "“1.234,5”" in refused(b"a;b\n1;1.234,5\n2;3,4\n3;3,1\n")


@pytest.mark.parametrize(
    ("data", "line"), [(b"value\n12,5\n13,7\n14,1\n", 2), (b"999\n1,234\n1,500\n998\n", 2), (b"a,b\n1,2\n1,2,3\n", 3)]
)
def test_a_comma_within_numbers_is_not_taken_for_a_new_column(data, line):
    assert f"Line {line} has more cells" in refused(data)


def test_commas_that_separate_nothing_are_harmless():
    assert read_column(b"x\n1,\n2,\n3.5,\n") == (1.0, 2.0, 3.5)


def test_a_comma_between_thousands_is_not_taken_for_a_decimal_one():
    assert "“1,234”" in refused(b'v\n"1,234"\n"2,345"')


@pytest.mark.parametrize("word", ["nan", "inf", "1_000"])
def test_what_only_python_takes_for_a_number(word):
    assert f"“{word}”" in refused(f"x\n1\n2\n{word}\n".encode())


@pytest.mark.parametrize("data", [b"a\nb\n", b"only a name\n", b",,,,\n"])
def test_no_numbers(data):
    assert "holds no numbers" in refused(data)


def test_bounds():
    assert len(read_column(b"x\n" + b"1\n2\n" * 10_000)) == 20_000
    assert "at most 20,000" in refused(b"1\n2\n" * 10_001)
    assert "20,000 lines of up to 200 columns" in refused(b"1," * 199 + b"1\n" + b"1\n" * 19_999)
    assert len(read_column((b"a," * 19 + b"1\n") * 20_000)) == 20_000
    assert "300 columns" in refused((",".join("1" * 300) + "\n").encode() * 2)
    assert "1e+13" in refused(b"1\n1e13\n")
    assert "one line" in refused(b"1,2,3,4")
    assert "UTF-16" in refused("1\n2\n".encode("utf-16"))


@pytest.mark.parametrize("data", [b"1," * 199 + b"1\n" + b"1\n" * 19_999, b"1\n" * 2_000_000])
def test_what_is_too_large_is_refused_before_it_fills_the_memory(data):
    tracemalloc.start()
    refused(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * len(data) + 30e6
