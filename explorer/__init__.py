"""Unrolled: train small sequence models and word embeddings, and see what is inside them."""

import os

# One thread for each training: two are slower for models of this size. Read when the libraries load.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
