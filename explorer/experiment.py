"""The base of every experiment: one frozen value from which all else is derived.

Each field states its bounds, title and one sentence of help once. Widgets, URL parameters, command-line
options, JSON and error messages read them from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

LINK_VALUE_LIMIT = 200
"""Longest value of a URL parameter that is looked at, in characters."""


def setting(default: Any, title: str, help: str, group: str, **extra: Any) -> Any:
    """A pydantic field that knows how it is shown.

    Parameters
    ----------
    default : Any
        Value when nothing else is said.
    title, help : str
        Label, and one sentence on what it does.
    group : str
        Section of the controls it stands in.
    **extra
        Bounds (``ge``, ``le``, ``max_length``) go to pydantic; the rest is kept for whoever draws it:
        ``live`` (may change mid-run), ``private`` (never in a link), ``folded`` (seldom used),
        ``options`` (the values a slider offers, for scales that are not linear), ``labels``
        (words for each choice).
    """
    bounds = {name: extra.pop(name) for name in ("ge", "le", "gt", "lt", "max_length") if name in extra}
    repr_ = not extra.get("private", False)
    return Field(
        default, title=title, description=help, repr=repr_, json_schema_extra={"group": group, **extra}, **bounds
    )


class Experiment(BaseModel):
    """A complete description of something that trains: equal values give equal frames, to the bit."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True)

    suggested: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    """Better defaults by choice of the leading field, e.g. ``{"adding": {"length": 100}}``."""
    leading: ClassVar[str] = ""
    """The field whose choice picks the suggestions."""
    suggested_by: ClassVar[Mapping[str, Mapping[Any, Mapping[str, Any]]]] = {}
    """Suggestions by the choices of other fields, stronger than those of the leading one, e.g.
    ``{"corpus": {"phrases": {"min_count": 1}}}``."""

    @model_validator(mode="before")
    @classmethod
    def _fill_in_suggestions(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        return {**cls.suggestions(given), **given}

    @classmethod
    def suggestions(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        """Values in place of the plain defaults, beside what is given."""
        tables = {**({cls.leading: cls.suggested} if cls.leading else {}), **cls.suggested_by}
        found: dict[str, Any] = {}
        for field, table in tables.items():
            choice = given.get(field)
            choice = cls.model_fields[field].default if choice is None else choice
            found |= table.get(choice, {}) if isinstance(choice, str) else {}
        return found

    @classmethod
    def live(cls) -> frozenset[str]:
        """Names of the fields that may change while a run goes on."""
        return frozenset(name for name in cls.model_fields if about(cls, name).get("live"))

    @classmethod
    def check_change(cls, field: str, value: Any) -> Any:
        """The value as the field would hold it.

        Raises
        ------
        ValueError
            When the field starts a run anew, or does not admit the value; the text names the field.
        """
        if field not in cls.live():
            raise ValueError(f"{field!r} cannot change while a run goes on; start a new run instead.")
        return valid_value(cls, field, value)

    def uses(self, field: str) -> bool:
        """Whether a field means anything beside the values of the others."""
        return True

    def replace(self, **changes: Any) -> Self:
        """A validated copy with other values (unlike ``model_copy``, which does not validate)."""
        return type(self)(**{**dict(self), **changes})


E = TypeVar("E", bound=Experiment)


def about(cls: type[Experiment], field: str) -> dict[str, Any]:
    """How a field is shown: its group and flags, see `setting`."""
    return dict(cls.model_fields[field].json_schema_extra or {})


def choices(cls: type[Experiment], field: str) -> tuple[Any, ...]:
    """The values of a field with a fixed set of choices; empty for other fields."""
    annotation = cls.model_fields[field].annotation
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def bounds(cls: type[Experiment], field: str) -> tuple[Any, Any]:
    """Lowest and highest admissible value of a numeric field (None where there is none)."""
    low = high = None
    for item in cls.model_fields[field].metadata:
        low = getattr(item, "ge", low)
        high = getattr(item, "le", high)
    return low, high


def default(cls: type[Experiment], field: str, choice: str | None = None) -> Any:
    """The default of a field, given the choice of the leading field."""
    return cls.suggested.get(choice or "", {}).get(field, cls.model_fields[field].default)


def to_link(experiment: Experiment) -> dict[str, str]:
    """URL parameters that reproduce the experiment: the leading field and what differs from its defaults."""
    cls = type(experiment)
    suggested = cls.suggestions(dict(experiment))
    return {
        name: _written(value)
        for name, value in experiment
        if name == cls.leading
        or (not about(cls, name).get("private") and value != suggested.get(name, cls.model_fields[name].default))
    }


def from_link(cls: type[E], parameters: Mapping[str, str]) -> tuple[E, list[str]]:
    """An experiment from URL parameters, which anybody may have written.

    Returns
    -------
    experiment : Experiment
        With the default in place of everything that is not admissible.
    notices : list of str
        One sentence for each field that fell back, naming it.
    """
    given, notices = {}, []
    for name, text in parameters.items():
        if name not in cls.model_fields or about(cls, name).get("private"):
            continue
        try:
            given[name] = valid_value(cls, name, text[:LINK_VALUE_LIMIT])
        except ValueError as error:
            notices.append(f"The link's {error} The default is used instead.")
    experiment, left_out = _nearest_admissible(cls, given)
    return experiment, notices + left_out


def _nearest_admissible(cls: type[E], given: Mapping[str, Any]) -> tuple[E, list[str]]:
    """The experiment without the one value that does not go with the others; the defaults if it is more than one."""
    try:
        return cls(**given), []
    except ValidationError as error:
        reason = " ".join(explain(error))
    for name in reversed(given):
        with suppress(ValidationError):
            experiment = cls(**{other: value for other, value in given.items() if other != name})
            title = cls.model_fields[name].title
            return experiment, [f"The link's {title} ({name}) does not go with the rest and was left out: {reason}"]
    leading = {cls.leading: given[cls.leading]} if cls.leading in given else {}
    return cls(**leading), [f"The link's settings do not go together, so the defaults are used: {reason}"]


def valid_value(cls: type[Experiment], name: str, value: Any) -> Any:
    """The value of one field, checked by that field alone; text is read as what the field holds.

    Raises
    ------
    ValueError
        When the field does not admit it; the text names the field.
    """
    try:
        return _reader(cls, name).validate_python(value)
    except ValidationError as error:
        reason = _reason(error.errors(include_url=False, include_input=False)[0])
        raise ValueError(f"{cls.model_fields[name].title} ({name}): {reason}.") from None


def explain(error: ValidationError) -> list[str]:
    """What is wrong, one sentence for each fault, in words for the person who set it."""
    return [_sentence(fault) for fault in error.errors(include_url=False, include_input=False)]


@lru_cache(maxsize=512)
def _reader(cls: type[Experiment], name: str) -> TypeAdapter:
    info = cls.model_fields[name]
    annotation = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    return TypeAdapter(annotation, config=ConfigDict(allow_inf_nan=False))


def _reason(fault: Mapping[str, Any]) -> str:
    return fault["msg"].removeprefix("Value error, ").rstrip(".").replace("Input should", "it should")


def _sentence(fault: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in fault["loc"])
    reason = _reason(fault)
    return f"{where}: {reason}." if where else f"{reason}."


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)
