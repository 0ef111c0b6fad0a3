from explorer.embedding.lookup import first_rows


def test_the_first_spelling_counts():
    assert first_rows(["Apple", "pear", "fig"], ["pear", "APPLE", "apple", "Pear"]) == {"Apple": 1, "pear": 0}


def test_words_that_differ_in_case_alone_share_a_row():
    assert first_rows(["us", "US"], ["x", "Us"]) == {"us": 1, "US": 1} and first_rows([], ["x"]) == {}
