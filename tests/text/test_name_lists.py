import pytest
from babel import Locale
from babel.dates import get_timezone_location

from explorer.text.name_lists import census, cities, cities_of_countries, countries, languages, plain_letters


@pytest.mark.parametrize(
    ("kind", "size", "first"), [("female", 4275, "Mary"), ("male", 1219, "James"), ("surname", 88799, "Smith")]
)
def test_the_census_lists_are_complete_and_ordered(kind, size, first):
    names = census(kind)
    assert len(names) == size and names[0][0] == first
    shares = [share for _, share in names]
    assert shares == sorted(shares, reverse=True) and 50 < sum(shares) < 100


def test_countries_are_those_of_cldr():
    named = Locale("en").territories
    assert {"France", "Myanmar", "Hong Kong", "Côte d’Ivoire", "São Tomé & Príncipe"} <= set(countries())
    assert 230 < len(countries()) <= 250 and list(countries()) == sorted(set(countries()))
    full = {name for code, name in named.items() if len(code) == 2}
    assert len(set(countries()) & full) > 240  # the others without "SAR China" or a second name in brackets
    assert not {"world", "Europe", "Unknown Region", "European Union"} & set(countries())


def test_cities_are_named_as_babel_names_the_places_of_time_zones():
    for zone, city in (("Europe/Berlin", "Berlin"), ("America/New_York", "New York"), ("Asia/Kolkata", "Kolkata")):
        assert get_timezone_location(zone, locale="en", return_city=True) == city
        assert city in cities()
    assert {"Kyiv", "São Tomé", "Ho Chi Minh", "Knox"} <= set(cities())
    assert not any(character.isdigit() or character in "/_," for city in cities() for character in city)
    assert 350 < len(cities()) == len(set(cities()))


def test_a_city_lies_in_its_country():
    found = dict(cities_of_countries())
    assert found["Lima"] == "Peru" and found["Nairobi"] == "Kenya" and found["Asmara"] == "Eritrea"
    assert set(found.values()) <= set(countries())


def test_languages_are_languages():
    assert {"German", "Yoruba", "Klingon", "Old English"} <= set(languages())
    assert not {"Multiple languages", "Unknown language", "No linguistic content", "American English"} & set(
        languages()
    )
    assert not any("(" in name for name in languages())


@pytest.mark.parametrize(
    ("name", "plain"),
    [("São Tomé", "sao tome"), ("Gwichʼin", "gwich'in"), ("Côte d’Ivoire", "cote d'ivoire"), ("MARY", "mary")],
)
def test_plain_letters(name, plain):
    assert plain_letters(name) == plain
