from explorer.app.embedding_pair import LAST_SEED, _usual
from explorer.embedding import EmbeddingExperiment


def test_the_same_algorithm_differs_in_its_seed_alone():
    first = EmbeddingExperiment(corpus="phrases", negatives=10, learning_rate=0.1, window=3)
    second = EmbeddingExperiment(**_usual(first, "skipgram"))
    assert second == first.replace(seed=1)
    assert _usual(first.replace(seed=LAST_SEED), "skipgram")["seed"] == 0


def test_another_algorithm_has_what_suits_it_on_this_text():
    first = EmbeddingExperiment(corpus="lee", dimensions=20, seed=7)
    second = EmbeddingExperiment(**{**_usual(first, "glove"), "algorithm": "glove", "corpus": "lee"})
    assert second == EmbeddingExperiment(corpus="lee", algorithm="glove", dimensions=20, seed=7)
