"""Unrolled: train small sequence models and word embeddings, and see what is inside them."""
