"""The words that each view uses, explained once."""

from __future__ import annotations

import streamlit as st

TERMS = {
    "analogy": (
        "Every vector is first made **length 1**, so that only its direction counts. The arrow from a to b, laid at c, ends at the "
        "**fourth corner** of a parallelogram, b − a + c. The left picture shows the plane of the three words exactly. All other words "
        "lie off this plane, which a drawing cannot show: the right picture tells how far, and a word's distance from the corner is the "
        "straight line from the lower left.",
        "**3CosAdd** answers with the word whose **cosine** with the corner is largest (the cosine of the angle between two directions: 1 "
        "for the same one, 0 at a right angle). For vectors of length 1 that is the word nearest to the corner. **3CosMul** multiplies "
        "the cosines with b and c and divides by the one with a, so that no single large one decides (Levy and Goldberg 2014).",
        "**Margin**: by how much the first answer is ahead of the next, or the expected one behind the first.",
    ),
    "words": (
        "**Cosine**: of the angle between two vectors; 1 when they point the same way, 0 at a right angle, −1 when opposite. It does not "
        "depend on how long they are; the **Euclidean distance** does.",
        "**Rank**: a word's place among the neighbours of another, the nearest first. **Odd one out**: the word with the smallest cosine "
        "with the average direction of all.",
    ),
    "test": (
        "**95 % interval** (Wilson 1927): where the accuracy would lie for other questions of the same kind. Questions of a section share "
        "their words, so the true uncertainty is larger. **Asked**: a question counts only when all its words have vectors.",
        "**Own words allowed**: the accuracy if a, b and c may be answers too. **The word nearest to c**: the accuracy of ignoring a and b "
        "altogether. What lies above both is what the parallelogram adds.",
        "**Spearman's ρ** compares two orders: 1 when people and cosines put all pairs in the same order, 0 for no relation; its interval "
        "follows Bonett and Wright (2000). WordSim-353 (Finkelstein et al. 2002) asks how *related* two words are, SimLex-999 (Hill, "
        "Reichart and Korhonen 2015) how *similar*: coast and shore, not clothes and closet.",
    ),
    "groups": (
        "**Effect size d**: how far the two groups' means are apart, in standard deviations of all their words; at most 2. **p**: how often a "
        "division of the same words by chance is at least as far apart in this direction. It says whether the difference between these "
        "words could be chance, not whether it matters.",
    ),
}  # fmt: skip


def terms(view: str) -> None:
    """Draw the explanations of a view, folded away."""
    with st.container(key="aside_terms_analogy"), st.expander("What the words mean", icon=":material/menu_book:"):
        for text in TERMS[view]:
            st.markdown(text)
