"""Words across languages: two spaces of word vectors laid on one another with the help of a small dictionary."""
