"""Race: several architectures, one task, equally many parameters, equal time; who learns it, who is quick, who forgets."""

from explorer.app.header import header
from explorer.app.race_controls import race_controls
from explorer.app.race_following import start_over
from explorer.app.race_live import race_view
from explorer.app.race_start import line_up
from explorer.app.race_story import race_story, race_terms
from explorer.app.race_sweeps import sweeps_view
from explorer.app.transport import transport

PAGE = "race"

race = race_controls(PAGE)
header(
    "Race",
    "Several **architectures** (kinds of networks) learn one task from the same sequences, each with as many adjustable "
    "numbers as the others. Press **Play**: who learns it at all, who needs the fewest steps, and who the least time?",
)
starters, report = line_up(PAGE, race)
race_story(race, report)
transport(PAGE, starters, report, step="One update of each.", start="the untrained networks", reset=start_over)
race_view(PAGE, race, starters, report)
sweeps_view(PAGE, race, {name: run.base for name, run in starters.members.items()})
race_terms(race)
