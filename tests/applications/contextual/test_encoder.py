"""Readings equal the library's own outputs; odd texts get clear answers."""

import numpy as np
import pytest
import torch
from transformers import AutoModel, AutoTokenizer

from explorer.applications.contextual.encoder import TooLong
from explorer.applications.contextual.installed import model_folder

SENTENCE = "The bank refused to lend Grandmother's goldsmithery any money."


@pytest.fixture(scope="module")
def reference():
    folder = model_folder()
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    return tokenizer, AutoModel.from_pretrained(folder, local_files_only=True, attn_implementation="eager").eval()


def test_states_and_attention_equal_the_librarys(model, reference):
    tokenizer, bert = reference
    inputs = tokenizer(SENTENCE, return_tensors="pt")
    with torch.no_grad():
        out = bert(**inputs, output_hidden_states=True, output_attentions=True)
    reading = model.read(SENTENCE)
    assert list(reading.ids) == inputs["input_ids"][0].tolist()
    assert np.abs(reading.hidden - torch.cat(out.hidden_states).numpy()).max() < 1e-5
    assert np.abs(reading.attention - torch.cat(out.attentions).numpy()).max() < 1e-5
    assert reading.hidden.shape == (7, len(reading), 384) and reading.attention.shape[:2] == (6, 12)


def test_a_word_is_the_mean_of_its_subwords(model):
    reading = model.read(SENTENCE)
    (number,) = reading.occurrences("GOLDSMITHERY")
    places = [i for i, piece in enumerate(reading.pieces) if reading.words[i] == number]
    assert len(places) > 1 and reading.pieces[places[1]].startswith("##")
    assert reading.word(number) == "goldsmithery"
    assert np.array_equal(reading.vector(number), reading.hidden[:, places].mean(axis=1))


def test_sentence_vectors_do_not_depend_on_who_else_is_read(model):
    texts = ["A dog barks.", SENTENCE, "Rain fell on the town all night long, and the river rose."]
    alone = np.stack([model.read(text).sentence() for text in texts])
    together = model.sentences(texts)
    assert np.abs(alone - together).max() < 1e-5
    assert np.linalg.norm(together, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_gradient_times_input_is_the_first_order_effect(model):
    """Making one embedding a little longer changes the number as the gradient says."""
    reading = model.read("The cat sat.")
    direction = torch.from_numpy(reading.hidden[-1, 2])
    target = lambda states: states[-1][0, 2] @ direction  # noqa: E731
    said = model.gradient("The cat sat.", target)
    bert, ids = model._model, torch.tensor([reading.ids])
    embedded = bert.embeddings.word_embeddings(ids)
    effects = []
    for k in range(len(reading)):
        values = []
        for factor in (1.01, 0.99):
            longer = embedded.clone()
            longer[0, k] *= factor
            with torch.no_grad():
                values.append(target(bert(inputs_embeds=longer, output_hidden_states=True).hidden_states).item())
        effects.append((values[0] - values[1]) / 0.02)
    assert said == pytest.approx(effects, rel=0.02, abs=0.02 * float(np.abs(said).max()))


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_to_read(model, text):
    with pytest.raises(ValueError, match="Type a sentence"):
        model.read(text)


@pytest.mark.parametrize("words", [600, 50_000])
def test_too_much_to_read(model, words):
    with pytest.raises(TooLong, match="512"):
        model.read("word " * words)


def test_the_longest_text_that_fits(model):
    assert len(model.read("word " * 510)) == 512


@pytest.mark.parametrize(
    "text", ["🙂 smile 🙂", "שלום עולם", "a\u202eb", "Ünïcödé", "\x00 zero", "<b>bold</b> [SEP] [CLS]"]
)
def test_unusual_texts_are_read(model, text):
    reading = model.read(text)
    assert np.isfinite(reading.hidden).all() and len(reading.pieces) == len(reading.words)
    assert [reading.word(k) for k in range(len(reading.groups))]


def test_a_long_batch_is_cut_and_not_refused(model):
    (vector,) = model.sentences(["word " * 2000])
    assert np.isfinite(vector).all()
    assert model.sentences(["word " * 40], most=12) == pytest.approx(model.sentences(["word " * 10]), abs=1e-5)
