"""Vectors of words in their sentences, from a real model of the BERT family. Nothing heavy is loaded before it is asked for."""
