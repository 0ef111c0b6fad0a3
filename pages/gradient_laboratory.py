"""Gradient laboratory: how far an error travels back through time, what makes it vanish or explode, and how one sees that."""

from explorer.app.header import header
from explorer.app.laboratory_before import before_controls, before_view
from explorer.app.laboratory_explosion import explosion_controls, explosion_view
from explorer.app.laboratory_readings import readings_controls, readings_view
from explorer.app.laboratory_runs import Explosion, Sentences, Training
from explorer.app.laboratory_sentences import sentences_controls, sentences_view
from explorer.app.laboratory_setting import Before, Readings, chosen_view, view_control
from explorer.app.laboratory_training import training_controls, training_view

SETTINGS = {"before": Before, "training": Training, "explosion": Explosion, "sentences": Sentences, "readings": Readings}
VIEWS = {
    "before": (before_controls, before_view),
    "training": (training_controls, training_view),
    "explosion": (explosion_controls, explosion_view),
    "sentences": (sentences_controls, sentences_view),
    "readings": (readings_controls, readings_view),
}

view = chosen_view(SETTINGS)
controls, draw = VIEWS[view]
now = controls()
header(
    "Gradient laboratory",
    "To learn from what was read long ago, the **error** has to get back there. Its **gradient** is multiplied at every step "
    "on the way, so it fades or explodes. Turn the knobs and see which.",
)
view_control(view)
draw(now)
