"""Files of word vectors, one module for each format: read whole or not at all, nothing in them is ever run.

What a file is, its content says; the suffix is only a hint. When writing, the suffix decides:

=====================  =======================================================================================
``.txt``               GloVe: word and numbers in each line, no header; words may contain spaces
``.vec``, ``.w2v``     word2vec's and fastText's text: a first line with the numbers of words and dimensions
``.bin``               word2vec's binary (fastText's ``.bin`` is read, not written: it is a whole model)
``.csv``               a header, then word, count where known, and numbers; read with ``,`` ``;`` or tab, with or
                       without a header
``.tsv``               Embedding Projector: numbers alone, the words in ``..._metadata.tsv`` (``vectors.tsv`` and
                       ``metadata.tsv`` form a pair)
no suffix              a folder that the Projector and TensorBoard open
``.zip``               the same as one file; a zip with an array and its words is read as well
``.npy``               the array; the words, one in each line, beside it in ``.words.txt`` (``.txt``,
                       ``words.txt``, ``vocab.txt``, ``.tsv`` and ``metadata.tsv`` are found as well)
``.parquet``           columns ``word``, ``count`` where known, and ``vector`` (a list); d columns are read as well
``.safetensors``       ``vectors``, and ``counts`` where known; the words as JSON in the metadata
``.gz``                after ``.txt``, ``.vec``, ``.w2v`` or ``.csv``; when reading, after any of them
=====================  =======================================================================================

Pickles in any dress (gensim's own ``.model`` and ``.kv``, ``.pkl``, ``.pt``, joblib, arrays of objects) are refused:
opening one runs whatever code it holds.
"""
