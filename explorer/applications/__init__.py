"""What joins sequence models and word vectors: contextual models, and the uses both are made for."""
