"""Retrieval: four ways to find the paragraph, and how often each is right."""

from explorer.app.header import header

header("Retrieval", "Four ways to find the paragraph, and how often each is right.")
