"""When a step is worth a picture: arrays and weights cost time that training could use."""

from __future__ import annotations

SHARE = 0.1
"""Part of the computing time that pictures may take on average, unless the experiment names another `picture_share`."""
AT_LEAST_EVERY = 2.0
"""Seconds of play after which a watched course takes a picture although it is dear."""
DEAR_SHARE = 0.2
"""What such a picture may cost of the computing since the last one: with a crowd, each course computes little."""
NEVER_LATER = 10.0
"""Seconds after which even that is forgiven."""
MEMORY = 0.5
"""Weight of the newest measurement."""


class Pictures:
    """The policy behind ``wanted(step)``: on demand, and within a budget measured on the course itself.

    Parameters
    ----------
    last_step : int or None
        Always drawn.
    now : float
        Seconds on the engine's clock.
    share : float
        Part of the computing time that pictures may take on average.
    """

    def __init__(self, last_step: int | None = None, now: float = 0.0, share: float = SHARE) -> None:
        self.last_step, self.share = last_step, share
        self.by_hand = -1  # steps up to this one are made one by one, by a visitor who looks at each
        self.watched = False  # whether somebody looked since the last picture
        self._taken = now
        self._computing = 0.0  # seconds of computing since the last picture
        self._plain: float | None = None  # seconds for a step without a picture
        self._cost: float | None = None  # seconds that a picture adds

    def wanted(self, step: int, now: float) -> bool:
        """Whether the frame of `step` is to carry arrays and weights."""
        if step == 0 or step == self.last_step or step <= self.by_hand:
            return True
        if not self.watched:
            return False
        late = now - self._taken
        return self._pays(self.share) or late >= NEVER_LATER or (late >= AT_LEAST_EVERY and self._pays(DEAR_SHARE))

    def measured(self, step: int, seconds: float, pictured: bool, now: float) -> None:
        """A step took this much computing, over all its pieces, and came with or without a picture."""
        if pictured:
            self._taken, self._computing, self.watched = now, 0.0, False
            if step > 0:  # step 0 also built the model
                self._cost = _blend(self._cost, max(0.0, seconds - (self._plain or 0.0)))
        else:
            self._computing += seconds
            self._plain = _blend(self._plain, seconds)

    def begin(self, now: float) -> None:
        """The course goes on after it stood still: the standing does not make a picture late."""
        self._taken = max(self._taken, now - AT_LEAST_EVERY / 2)

    def _pays(self, share: float) -> bool:
        """Whether a picture now would cost at most `share` of the computing since the last one."""
        return self._cost is None or self._cost <= share * (self._computing + self._cost)


def _blend(old: float | None, new: float) -> float:
    return new if old is None else old + MEMORY * (new - old)
