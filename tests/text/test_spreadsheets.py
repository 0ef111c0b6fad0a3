import csv
import io

from explorer.text.spreadsheets import write_csv


def read(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_words_cannot_act_as_formulas_and_numbers_stay_numbers():
    rows = [["=1+1", 3], ["+x", -2.5], ["@SUM(A1)", 0], ["-", 1], [" =x", 1], ['a,b\n"c"', 1], ["naïve", 2]]
    table = read(write_csv(["word", "count"], rows))
    assert [row[0] for row in table] == ["word", "'=1+1", "'+x", "'@SUM(A1)", "'-", "' =x", 'a,b\n"c"', "naïve"]
    assert table[2][1] == "-2.5"


def test_excel_is_told_the_encoding():
    assert write_csv(["ä"], []).startswith(b"\xef\xbb\xbf")
