import math
from collections import Counter, defaultdict

import pytest
import torch

from explorer.sequence.tasks import IGNORED
from explorer.sequence.tasks.rose import END, PHRASES, Rose, content, read_phrases


@pytest.fixture(scope="module")
def rose():
    return Rose()


LINES = PHRASES.read_text(encoding="utf-8").splitlines()


def logits(rose, word: str, shape) -> torch.Tensor:
    outputs = torch.zeros(*shape, rose.outputs, dtype=torch.float64)
    outputs[..., rose.labels.index(word)] = 9
    return outputs


def test_phrases_are_many_lower_case_and_different():
    assert len(LINES) >= 40 and len(set(LINES)) == len(LINES)
    assert all(line == line.lower().strip() and line.replace(" ", "").isalpha() for line in LINES)
    assert {"rose is red", "violet is blue", "the lemon in the bowl is yellow"} <= set(LINES)


def test_a_prefix_never_has_two_answers():
    answers = defaultdict(set)
    for line in LINES:
        prefix, _, last = line.rpartition(" ")
        answers[prefix].add(last)
    assert all(len(answer) == 1 for answer in answers.values())
    assert answers["rose is"] == {"red"} and answers["violet is"] == {"blue"}


def test_no_phrase_is_the_beginning_of_another():
    assert not any(one != other and other.startswith(one + " ") for one in LINES for other in LINES)


def test_a_thing_has_one_colour_in_all_phrases():
    colours = defaultdict(set)
    for phrase in read_phrases():
        colours[content(phrase)].add(phrase[-1])
    assert all(len(found) == 1 for found in colours.values())


def test_what_stands_between_does_not_tell_the_colour():
    """Each phrase without its first word could end in several colours: only the first content word decides."""
    colours = defaultdict(set)
    for phrase in read_phrases():
        start = phrase.index(content(phrase))
        colours[phrase[start + 1 : -1]].add(phrase[-1])
    assert min(map(len, colours.values())) >= 5


def test_some_distances_are_long():
    distances = [len(phrase) - 1 - phrase.index(content(phrase)) for phrase in read_phrases()]
    assert min(distances) == 2 and max(distances) == 8
    assert sum(distance >= 7 for distance in distances) >= 10


def test_the_baseline_is_what_bigrams_can_do(rose):
    following, total = defaultdict(Counter), 0
    for line in LINES:
        words = [*line.split(), "<end>"]
        for i in range(len(words) - 1):
            following[words[i]][words[i + 1]] += 1
            total += 1
    entropy = 0.0
    for counts in following.values():
        n = sum(counts.values())
        entropy += sum(-k * math.log(k / n) for k in counts.values())
    best = max(sum(line.endswith(f" {colour}") for line in LINES) for colour in {line.split()[-1] for line in LINES})
    assert all(line.split()[-2] == "is" for line in LINES)
    assert rose.baseline.loss == pytest.approx(entropy / total)
    assert rose.baseline.score == pytest.approx(best / len(LINES)) and rose.baseline.score < 0.5
    assert f"{best / len(LINES):.0%}" in rose.baseline.sentence


def test_targets_are_the_next_words(rose):
    batch = rose.scored()
    assert len(batch) == len(LINES)
    for i, line in enumerate(LINES):
        assert rose.steps(batch, i) == line.split()
        assert rose.expected(batch, i) == [*line.split()[1:], END]


def test_the_answer_is_the_last_word_not_the_end(rose):
    batch = rose.scored()
    rows = torch.arange(len(batch))
    answers = batch.targets[rows, rose.answer_step(batch)]
    assert [rose.labels[answer] for answer in answers] == [line.split()[-1] for line in LINES]


def test_score_is_the_share_of_right_last_words(rose):
    batch = rose.scored()
    for colour in ("red", "white"):
        share = sum(line.endswith(f" {colour}") for line in LINES) / len(LINES)
        assert rose.score(logits(rose, colour, batch.inputs.shape), batch) == pytest.approx(share)


def test_padded_steps_do_not_change_the_loss(rose):
    short = rose.encode("rose is red")
    batch = rose.scored()
    i = LINES.index("rose is red")
    outputs = torch.randn(
        *batch.inputs.shape, rose.outputs, dtype=torch.float64, generator=torch.Generator().manual_seed(0)
    )
    alone = rose.loss(outputs[i : i + 1, :3], short)
    padded = type(batch)(batch.inputs[i : i + 1], batch.targets[i : i + 1], batch.lengths[i : i + 1])
    assert rose.loss(outputs[i : i + 1], padded).item() == pytest.approx(alone.item(), abs=1e-12)
    changed = outputs.clone()
    changed[torch.arange(batch.inputs.shape[1]) >= batch.lengths[:, None]] = 1e6
    assert rose.loss(changed, batch).item() == rose.loss(outputs, batch).item()
    assert rose.answer_loss(changed, batch).item() == rose.answer_loss(outputs, batch).item()


def test_samples_are_phrases_each_about_equally_often(rose):
    batch = rose.sample(6800, torch.Generator().manual_seed(0))
    counts = Counter(" ".join(rose.steps(batch, i)) for i in range(len(batch)))
    assert set(counts) == set(LINES)
    assert max(counts.values()) < 2 * min(counts.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rose is", ["is", "red"]),
        ("Rose IS...", ["is", "red"]),
        ("“violet” is?", ["is", "blue"]),
        ("rose is red", ["is", "red", END]),
        ("the lemon in the bowl is", ["lemon", "in", "the", "bowl", "is", "yellow"]),
        ("lemon is", ["is", "yellow"]),
        ("the", [""]),
        ("bowl", [""]),
    ],
)
def test_encode(rose, text, expected):
    batch = rose.encode(text)
    assert rose.expected(batch) == expected
    assert batch.lengths.tolist() == [len(expected)]


def test_an_example_that_the_phrases_leave_open_has_no_answer(rose):
    batch = rose.encode("the")
    assert batch.targets.tolist() == [[IGNORED]]
    assert rose.answer_loss(torch.zeros(1, 1, rose.outputs), batch).item() == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Type at least one word, for example “rose is”."),
        (" ?! ", "Type at least one word"),
        ("roze is", "“roze”. Words that are known: rose"),
        ("<b>rose</b> is", "“<b>rose</b>”"),
        ("<end>", "“<end>”"),
        ("x" * 500, "x" * 29 + "…”"),
        ("rose " * 61, "61 words; at most 60"),
    ],
)
def test_what_cannot_be_encoded_says_why(rose, text, said):
    with pytest.raises(ValueError) as refusal:
        rose.encode(text)
    assert said in str(refusal.value)


def test_padding_is_the_end_token_which_is_never_read(rose):
    assert rose.vocabulary[0] == END
    batch = rose.scored()
    real = torch.arange(batch.inputs.shape[1]) < batch.lengths[:, None]
    assert (batch.inputs[real] > 0).all()
