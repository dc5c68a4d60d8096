"""How periods are counted: the rules of `docs/language.md`, "Calendars"."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.book.law import instrument
from writ.book import dates
from writ.book.almanac import MAX_RULES
from writ.book.holidays import easter
from writ.book.load import load_texts
from writ.book.model import Calendar
from writ.book.sessions import MAX_DAYS
from writ.book.terms import Period


def compiled(lines: str) -> tuple[Calendar, list[str]]:
    """The calendar with these lines, and what is said of it."""
    text = f"body senate\nbody house\ncalendar c\n  {lines.strip()}"
    book, found = load_texts({"law.md": instrument(text)})
    return book.vocabulary.calendars["c"], [one.message for one in found]


def calendar(lines: str = "weekend saturday, sunday") -> Calendar:
    result, found = compiled(lines)
    assert found == []
    return result


def day(text: str) -> dt.date:
    return dates.parse(text)


def period(text: str) -> Period:
    amount, _, unit = text.partition(" ")
    unit, _, body = unit.partition(" of ")
    return Period(int(amount), unit if unit.endswith("s") else unit + "s", body)


def end(start: str, length: str, of: Calendar | None, sign: int = 1) -> str | None:
    found = dates.add(day(start), period(length), of, sign)
    return found.isoformat() if found else None


def rolled(due: str, of: Calendar) -> str | None:
    found = dates.roll(day(due), of)
    return found.isoformat() if found else None


# --- holidays

FEDERAL = """
  holiday 1 january "New Year's Day" observed friday if saturday, monday if sunday
  holiday third monday of january "Birthday of Martin Luther King, Jr." from 1986
  holiday third monday of february "Washington's Birthday"
  holiday last monday of may "Memorial Day"
  holiday 19 june "Juneteenth" from 2021 observed friday if saturday, monday if sunday
  holiday 4 july "Independence Day" observed friday if saturday, monday if sunday
  holiday first monday of september "Labor Day"
  holiday second monday of october "Columbus Day"
  holiday 11 november "Veterans Day" observed friday if saturday, monday if sunday
  holiday fourth thursday of november "Thanksgiving Day"
  holiday 25 december "Christmas Day" observed friday if saturday, monday if sunday
"""


def holidays(of: Calendar, year: int) -> list[str]:
    first = dt.date(year, 1, 1)
    days = (first + dt.timedelta(days=n) for n in range(366))
    return [f"{d:%m-%d}" for d in days if d.year == year and dates.is_holiday(d, of)]


def test_the_federal_holidays_of_2021_are_those_that_were_published() -> None:
    # New Year's Day of 2022, a Saturday, was observed on 31 December 2021.
    assert holidays(calendar(FEDERAL), 2021) == [
        *("01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11"),
        *("11-25", "12-24", "12-31"),
    ]


def test_a_year_may_lose_a_holiday_to_the_year_before() -> None:
    assert holidays(calendar(FEDERAL), 2022)[0] == "01-17"
    assert holidays(calendar("holiday 1 january"), 2022) == ["01-01"]


def test_a_holiday_observed_on_another_day_is_none_on_its_own() -> None:
    town = calendar("holiday 1 july observed monday if sunday\n  holiday 2018-07-04")
    assert holidays(town, 2018) == ["07-02", "07-04"]
    assert holidays(town, 2019) == ["07-01"]
    assert dates.is_holiday(day("2018-07-01"), calendar("holiday sunday"))


def test_a_holiday_is_observed_on_the_nearest_such_day() -> None:
    rule = "holiday 26 december observed monday if saturday, tuesday if sunday"
    assert holidays(calendar(rule), 2020) == ["12-28"]
    assert holidays(calendar(rule), 2021) == ["12-28"]
    assert holidays(calendar("holiday 4 july observed wednesday if sunday"), 2021) == ["07-07"]
    assert holidays(calendar("holiday 4 july observed thursday if sunday"), 2021) == ["07-01"]


def test_a_holiday_may_begin_and_end_with_a_year() -> None:
    town = calendar("holiday 30 september from 2021 until 2022\n  holiday monday until 2020")
    assert [holidays(town, year) for year in (2021, 2022, 2023)] == [["09-30"], ["09-30"], []]
    assert len(holidays(town, 2020)) == 52


def test_the_years_of_a_holiday_are_those_of_its_own_day() -> None:
    town = calendar("holiday 1 january from 2022 until 2022 observed friday if saturday")
    assert holidays(town, 2021) == ["12-31"]
    assert holidays(town, 2022) == []


@pytest.mark.parametrize(
    ("rule", "year", "expected"),
    [
        ("29 february", 2024, ["02-29"]),
        ("29 february", 2023, []),
        ("monday before 29 february", 2024, ["02-26"]),
        ("monday before 29 february", 2023, []),
        ("fifth monday of may", 2022, ["05-30"]),
        ("fifth monday of june", 2022, []),
        ("last monday of february", 2022, ["02-28"]),
        ("monday before 25 may", 2020, ["05-18"]),  # the 25th is a Monday itself
        ("monday after 25 may", 2020, ["06-01"]),
        ("thursday before 2 january", 2021, ["12-30"]),  # that of 2022
        ("monday after 31 december", 2021, ["01-04"]),  # that of 2020
        ("easter - 2 days", 2022, ["04-15"]),
        ("easter + 60 days", 2022, ["06-16"]),
        ("easter + 1 day", 1582, []),
        ("orthodox easter", 2021, ["05-02"]),
        ("orthodox easter - 48 days", 2024, ["03-18"]),
        ("orthodox easter", 2025, ["04-20"]),
        ("easter", 2025, ["04-20"]),
    ],
)
def test_a_rule_gives_the_day(rule: str, year: int, expected: list[str]) -> None:
    assert holidays(calendar(f"holiday {rule}"), year) == expected


def test_easter_is_known_for_the_years_of_the_gregorian_calendar() -> None:
    assert [easter(year) is not None for year in (1582, 1583, 4099, 4100)] == [0, 1, 1, 0]
    # The reckonings meet in some years, and are five weeks apart at most.
    apart = {(easter(y, True) - easter(y)).days for y in range(1900, 2100)}  # type: ignore[operator]
    assert apart == {0, 7, 28, 35}


def test_a_calendar_has_no_more_rules_than_a_year_has_days() -> None:
    lines = ["holiday 1 july"] * (MAX_RULES + 2) + ["holiday 2022-07-04"] * 500
    found, said = compiled("\n  ".join(lines))
    assert said == [f"the calendar has more than {MAX_RULES} holidays by rule"]
    assert len(found.holidays) == MAX_RULES + 500


# --- working days


def test_working_days_pass_over_the_weekend_that_the_calendar_has() -> None:
    town = calendar("weekend friday, saturday\n  holiday 2022-06-05")
    assert end("2022-06-01", "1 working day", town) == "2022-06-02"  # a Thursday
    assert end("2022-06-02", "1 working day", town) == "2022-06-06"  # Sunday is the holiday
    assert end("2022-06-06", "1 working day", town, -1) == "2022-06-02"
    assert end("2022-06-02", "1 working day", None) == "2022-06-03"
    assert end("2022-06-03", "1 working day", None) == "2022-06-06"


def test_working_days_run_over_the_end_of_a_year() -> None:
    town = calendar("holiday 1 january observed monday if saturday, monday if sunday")
    assert end("2021-12-30", "2 working days", town) == "2022-01-04"
    assert end("2022-01-04", "2 working days", town, -1) == "2021-12-30"


def test_where_every_day_is_free_no_working_day_comes() -> None:
    week = "\n  ".join(f"holiday {name}" for name in dates.WEEKDAYS)
    assert end("2022-01-01", "1 working day", calendar(week)) is None
    assert end("2022-01-01", "0 working days", calendar(week)) == "2022-01-01"
    assert end("2022-01-01", "1 working day", calendar(week), -1) is None
    assert rolled("2022-01-01", calendar(f"{week}\n  rolls forward")) is None
    later = "\n  ".join(f"holiday {name} from 2022" for name in dates.WEEKDAYS)
    assert end("2021-12-30", "1 working day", calendar(later)) == "2021-12-31"
    assert end("2021-12-30", "2 working days", calendar(later)) is None


def test_days_end_with_the_last_year() -> None:
    town = calendar("holiday 31 december\n  rolls forward")
    assert end("9999-12-30", "1 working day", town) is None
    assert end("0001-01-01", "1 working day", town, -1) is None
    assert end("9999-12-31", "1 day", town) is None
    assert end("9999-12-15", "1 calendar month", town) is None
    assert end("9999-11-15", "1 calendar month", town) == "9999-12-31"
    assert rolled("9999-12-31", town) is None
    assert end("2022-01-01", "100001 working days", town) is None
    assert end("2022-01-01", "999999999999999 days", town) is None


# --- sitting days

HOUSE = """
  holiday 2022-05-23
  sitting house monday, tuesday from 2022-05-02 until 2022-06-24 except holidays, 2022-05-30
  adjourned house from 2022-06-07 until 2022-06-13
  adjourned house from 2022-06-25 until 2022-09-18
  adjourned house from 2022-12-17 until 2023-01-29
"""


def test_a_rule_gives_its_days_without_exceptions_holidays_and_adjournments() -> None:
    assert [f"{d:%m-%d}" for d in calendar(HOUSE).sittings["house"]] == [
        *("05-02", "05-03", "05-09", "05-10", "05-16", "05-17", "05-24", "05-31"),
        *("06-06", "06-14", "06-20", "06-21"),
    ]


def test_a_list_adds_to_a_rule() -> None:
    town = calendar(f"{HOUSE}\n  sitting house 2022-05-04, 2022-05-23")
    assert end("2022-05-03", "1 sitting day of house", town) == "2022-05-04"
    assert end("2022-05-17", "1 sitting day of house", town) == "2022-05-23"


def test_sitting_days_are_counted_in_their_list_alone() -> None:
    town = calendar(HOUSE)
    assert end("2022-05-16", "3 sitting days of house", town) == "2022-05-31"
    assert end("2022-05-15", "3 sitting days of house", town) == "2022-05-24"
    assert end("2022-05-31", "3 sitting days of house", town, -1) == "2022-05-16"
    assert end("2022-06-20", "2 sitting days of house", town) is None
    assert end("2022-05-02", "1 sitting day of house", town, -1) is None
    assert end("2022-05-02", "0 sitting days of house", town) == "2022-05-02"
    assert end("2022-05-16", "3 sitting days of senate", town) is None
    assert end("2022-05-16", "3 sitting days of house", None) is None


def sure(start: str, length: str, of: Calendar | None) -> str | None:
    found = dates.last_sure(day(start), period(length), of)
    return found.isoformat() if found else None


def test_a_period_beyond_the_list_surely_runs_as_long_as_the_house_does_not_sit() -> None:
    town = calendar(HOUSE)
    # The rule ends on 24 June, and the adjournment follows on it.
    assert sure("2022-06-20", "2 sitting days of house", town) == "2022-09-18"
    assert sure("2022-10-01", "2 sitting days of house", town) == "2022-10-01"
    assert sure("2022-12-20", "2 sitting days of house", town) == "2023-01-29"
    assert sure("2022-12-16", "2 sitting days of house", town) == "2023-01-29"
    assert sure("2022-12-15", "2 sitting days of house", town) == "2022-12-15"
    assert sure("2022-10-01", "2 sitting days of senate", None) == "2022-10-01"
    assert sure("9999-12-31", "2 days", town) is None
    listed = calendar("sitting house 2022-02-15, 2022-02-17")
    assert sure("2022-02-16", "2 sitting days of house", listed) == "2022-02-17"


def test_days_of_session_leave_out_adjournments_alone() -> None:
    # Sixty days of continuous session, an adjournment of more than three days left out.
    town = calendar(
        """
  holiday 4 july
  sitting house every day from 2023-01-03 until 2023-12-31
  adjourned house from 2023-02-18 until 2023-02-26
"""
    )
    assert end("2023-01-10", "60 sitting days of house", town) == "2023-03-20"
    assert end("2023-01-10", "60 days", town) == "2023-03-11"


def test_the_rules_of_a_calendar_go_through_so_many_days_at_most() -> None:
    lines = ["sitting house every day from 2001-01-01 until 2020-12-31"] * 15
    _, said = compiled("\n  ".join(lines))
    assert len(said) == 2
    assert all(f"{MAX_DAYS:,} days" in each for each in said)


# --- due days


def test_a_due_day_stays_unless_the_calendar_rolls() -> None:
    assert rolled("2022-07-03", calendar("holiday sunday")) == "2022-07-03"
    assert dates.roll(day("2022-07-03"), None) == day("2022-07-03")


def test_a_due_day_moves_off_holidays_and_not_off_the_weekend() -> None:
    # Interpretation Act (Canada), section 26: the day next following that is not a holiday.
    town = calendar("weekend saturday, sunday\n  holiday sunday\n  holiday 1 july\n  rolls forward")
    assert rolled("2022-07-03", town) == "2022-07-04"
    assert rolled("2022-07-02", town) == "2022-07-02"  # a Saturday
    assert rolled("2022-07-01", town) == "2022-07-02"
    assert rolled("2018-07-01", town) == "2018-07-02"  # a Sunday too


def test_a_due_day_moves_to_the_next_sitting_day() -> None:
    town = calendar(
        f"{HOUSE}\n  sitting house 2022-05-23\n  rolls forward to sitting days of house"
    )
    assert rolled("2022-06-08", town) == "2022-06-14"
    assert rolled("2022-06-14", town) == "2022-06-14"
    assert rolled("2022-05-18", town) == "2022-05-23"  # sits on a holiday
    assert rolled("2022-06-22", town) is None
    both = calendar(
        f"{HOUSE}\n  sitting house 2022-05-23\n  rolls forward\n"
        "  rolls forward to sitting days of house"
    )
    assert rolled("2022-05-18", both) == "2022-05-24"


def test_a_due_day_that_nothing_is_known_of_surely_is_not_past_in_the_adjournment() -> None:
    town = calendar(f"{HOUSE}\n  rolls forward to sitting days of house")
    assert sure("2022-06-20", "5 days", town) == "2022-09-18"
    assert sure("2022-06-20", "5 days", calendar(HOUSE)) is None


def test_moments_do_not_move() -> None:
    town = calendar("holiday sunday\n  rolls forward")
    moment = day("2022-07-03T10:00-04:00")
    assert dates.roll(moment, town) is moment


# --- the first day


@pytest.mark.parametrize(
    ("start", "length", "without", "with_first"),
    [
        ("2022-06-06", "7 days", "2022-06-13", "2022-06-12"),
        ("2022-06-06", "1 day", "2022-06-07", "2022-06-06"),
        ("2022-06-06", "0 days", "2022-06-06", "2022-06-06"),
        ("2022-06-06", "2 weeks", "2022-06-20", "2022-06-19"),
        ("2022-01-15", "1 month", "2022-02-15", "2022-02-14"),
        ("2022-03-01", "1 month", "2022-04-01", "2022-03-31"),
        ("2022-01-31", "1 month", "2022-02-28", "2022-02-28"),  # BGB section 188(3)
        ("2022-01-29", "1 month", "2022-02-28", "2022-02-28"),
        ("2022-01-28", "1 month", "2022-02-28", "2022-02-27"),
        ("2024-02-29", "1 year", "2025-02-28", "2025-02-28"),
        ("2022-01-01", "1 year", "2023-01-01", "2022-12-31"),
        ("2022-06-03", "2 working days", "2022-06-07", "2022-06-06"),  # from a Friday
        ("2022-06-04", "2 working days", "2022-06-07", "2022-06-07"),  # from a Saturday
        ("2022-05-16", "2 sitting days of house", "2022-05-24", "2022-05-17"),
        ("2022-05-15", "2 sitting days of house", "2022-05-17", "2022-05-17"),
        ("2022-06-06", "48 hours", "2022-06-08", "2022-06-08"),
        ("2022-06-06T09:00+00:00", "48 hours", "2022-06-08T09:00:00+00:00", None),
        ("2022-01-01", "1 calendar month", "2022-02-28", "2022-02-28"),
        ("2022-01-01", "1 calendar year", "2023-12-31", "2023-12-31"),
    ],
)
def test_a_calendar_may_count_the_first_day(
    start: str, length: str, without: str, with_first: str | None
) -> None:
    assert end(start, length, calendar(HOUSE)) == without
    counting = calendar(f"{HOUSE}\n  counts the first day")
    assert end(start, length, counting) == (with_first or without)


def test_the_first_day_is_counted_backwards_too() -> None:
    counting = calendar("counts the first day")
    assert end("2022-06-12", "7 days", counting, -1) == "2022-06-06"
    assert end("2022-03-31", "1 month", counting, -1) == "2022-03-01"
    assert end("2022-06-06", "2 working days", counting, -1) == "2022-06-03"


def test_clear_days_leave_out_the_first_and_the_last() -> None:
    # At least 14 clear days' notice, given on the 1st: the days 2 to 15 are clear, and the meeting is on the 16th.
    earliest = day("2022-06-16")
    plain, counting = calendar(), calendar("counts the first day")
    assert end("2022-06-01", "14 days", plain) == end("2022-06-01", "15 days", counting)
    last = dates.add(day("2022-06-01"), Period(14, "days"), plain)
    assert last == earliest - dates.ONE_DAY


# --- zones

NEW_YORK = "zone America/New_York"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2022-03-12T15:00-05:00", "2022-03-14T16:00-04:00"),  # the clocks went forward on the 13th
        ("2022-11-05T15:00-04:00", "2022-11-07T14:00-05:00"),  # and back on 6 November
        ("2022-06-05T15:00-04:00", "2022-06-07T15:00-04:00"),
    ],
)
def test_hours_are_exact_when_the_clocks_change(start: str, expected: str) -> None:
    zone = ZoneInfo("America/New_York")
    hours = Period(48, "hours")
    for moment in (day(start), dt.datetime.fromisoformat(start).astimezone(zone)):
        found = dates.add(moment, hours, calendar(NEW_YORK))
        assert found is not None
        assert dates.compare(found, day(expected)) == 0
        assert dates.compare(found, day(start) + dt.timedelta(hours=48)) == 0
        assert dates.add(found, hours, calendar(NEW_YORK), -1) == moment


def test_a_day_is_a_day_when_the_clocks_change() -> None:
    town = calendar(NEW_YORK)
    for start, after in (("2022-03-12", "2022-03-13"), ("2022-11-05", "2022-11-06")):
        assert end(start, "1 day", town) == after
        assert end(f"{start}T23:30:00-04:00", "1 day", calendar("zone Etc/GMT+4")) == after
    # The last moment of the 25 hours of 6 November belongs to it.
    late = day("2022-11-06T23:59:59-05:00")
    assert dates.compare(late, day("2022-11-06"), "America/New_York") == 0


def test_the_hour_that_the_clocks_show_twice_is_two_hours() -> None:
    zone = ZoneInfo("America/New_York")
    first = dt.datetime(2022, 11, 6, 1, 30, tzinfo=zone)
    second = first.replace(fold=1)
    assert dates.compare(first, second) == -1
    assert dates.add(first, Period(1, "hours"), None) == second
    assert dates.compare(second, first.astimezone(dt.UTC)) == 1


def test_the_day_of_a_moment_is_that_of_the_zone() -> None:
    evening = day("2022-02-14T22:00-05:00")
    assert evening.astimezone(dt.UTC).date() == day("2022-02-15")  # type: ignore[attr-defined]
    assert dates.day_of(evening, "America/Toronto") == day("2022-02-14")
    assert dates.day_of(evening, "Asia/Tokyo") == day("2022-02-15")
    assert dates.day_of(evening) == day("2022-02-14")
    assert end("2022-02-14T22:00-05:00", "2 days", calendar(NEW_YORK)) == "2022-02-16"
    assert end("2022-02-14T22:00-05:00", "2 days", calendar("zone Asia/Tokyo")) == "2022-02-17"
    assert dates.compare(evening, day("2022-02-15"), "Asia/Tokyo") == 0


def test_the_first_and_last_moments_have_a_day() -> None:
    for text in ("0001-01-01T00:00+00:00", "9999-12-31T23:59+00:00"):
        for zone in ("America/Toronto", "Asia/Tokyo"):
            assert isinstance(dates.day_of(day(text), zone), dt.date)
