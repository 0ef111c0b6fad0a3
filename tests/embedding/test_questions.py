from explorer.embedding.questions import TITLES, Lookup, read_questions


def test_all_questions_are_there():
    sections = read_questions()
    assert [section.name for section in sections] == list(TITLES)
    assert sum(len(section.questions) for section in sections) == 19544
    assert sum(len(section.questions) for section in sections if not section.is_grammar) == 8869
    assert sections[0].questions[0] == ("Athens", "Greece", "Baghdad", "Iraq")


def test_only_questions_with_known_words_are_asked_and_all_spellings_are_one_word():
    family = next(section for section in read_questions() if section.name == "family")
    lookup = Lookup([family])
    lookup.read(["Boy", "girl", "x"])
    lookup.read(["boy", "KING", "queen", "king", "BOY"], first=3)
    asked = lookup.ask(family)
    assert asked.total == 506
    assert sorted(map(tuple, asked.rows.tolist())) == [(0, 1, 4, 5), (4, 5, 0, 1)]
    assert asked.spellings == {0: (0, 3, 7), 1: (1,), 4: (4, 6), 5: (5,)}


def test_a_section_nobody_knows_is_empty():
    section = read_questions()[0]
    asked = Lookup([section]).ask(section)
    assert asked.rows.shape == (0, 4) and asked.total == 506
