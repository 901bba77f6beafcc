from __future__ import annotations

from typing import Any

from migrate_cli.model import Certainty, Fate, Location, Origin, Plan, Site, SiteKind
from migrate_cli.report.explain_text import render_explanation
from migrate_cli.sites.explain import Explanation, Place
from migrate_cli.sites.rejected import Rejected
from tests.report import samples
from tests.report.pages import drawn

CHAIN = samples.EVIDENT.evidence


def page_of(*sites: Site, plans: tuple[Plan, ...] = (), **changes: Any) -> str:
    scan = changes.pop("scan", samples.scan(*sites))
    values: dict[str, Any] = {"others": {}, "rejected": (), "remark": None, "lines": {}, **changes}
    explained = Explanation(Place("app.py", 3), scan, sites, **values)
    return drawn(lambda c: render_explanation(explained, plans, c))


def test_a_site_says_what_and_where_it_is() -> None:
    page = page_of(samples.site(3))
    assert page.startswith("app.py:3:5  call  chat.completions.create\n")
    assert "endpoint    chat.completions\n" in page
    assert "span        3:5 to 3:40, bytes 300 to 335\n" in page


def test_the_chain_is_numbered_and_quotes_its_lines() -> None:
    page = page_of(samples.site(3, evidence=CHAIN), lines={("other.py", None, 4): "    ask(OpenAI())"})
    assert "    1. parameter `client` gets OpenAI()  [other.py:4:1]\n       | ask(OpenAI())\n" in page


def test_a_line_that_cannot_be_read_any_more_is_left_out() -> None:
    assert "|" not in page_of(samples.site(3, evidence=CHAIN, code="")).replace("  | \n", "")


def test_what_else_it_may_be_is_said() -> None:
    site = samples.site(3, certainty=Certainty.LIKELY)
    assert "or it is    an object of groq" in page_of(site, others={site.id: ("an object of groq",)})
    assert "or it is" not in page_of(site)


def test_values_come_with_their_sources() -> None:
    value = samples.value(Origin.ENVIRONMENT, 8, literal="gpt-4o", variable="M", path="s.py", via=CHAIN)
    page = page_of(samples.modelled(value))
    assert "    model = M\n      from $M (default gpt-4o, s.py:8)\n        1. parameter `client`" in page


def test_a_literal_at_the_call_is_not_said_twice() -> None:
    given = samples.argument("model", samples.value(literal="gpt-4o"), code='"gpt-4o"')
    assert page_of(samples.site(3, arguments=(given,))).count("gpt-4o") == 1


def test_certainty_of_what_is_only_written_speaks_of_no_steps() -> None:
    page = page_of(samples.site(3, path=".env", kind=SiteKind.ENVIRONMENT, form="dotenv"))
    assert "certainty   proved: it is written here, by its own name\n" in page


def test_the_client_that_feeds_a_call_is_named() -> None:
    client = samples.client(2)
    call = samples.site(3, clients=(client.id,))
    assert "  fed by\n    openai.OpenAI  [app.py:2:5]\n" in page_of(call, scan=samples.scan(client, call))


def test_a_plan_adds_the_fate() -> None:
    at = samples.site(3)
    made = samples.plan(samples.decide(at, Fate.REWRITTEN, samples.finding(at), reason="it can be done"))
    page = page_of(at, plans=(made,))
    assert "for ernie: to rewrite  it can be done" in page
    assert "SDK01  base_url and key of ERNIE" in page


def test_the_fate_of_another_site_is_left_out() -> None:
    made = samples.plan(samples.decide(samples.site(9), Fate.MANUAL))
    assert "for ernie" not in page_of(samples.site(3), plans=(made,))


def test_nothing_reported_says_what_the_line_is() -> None:
    page = page_of(remark="a comment", lines={("app.py", None, 3): "# openai"})
    assert page == "app.py:3: nothing is reported here.\n  | # openai\na comment\n"


def test_a_rejected_call_says_what_it_is() -> None:
    rejected = Rejected(Location("app.py", 3, 1, 3, 9), "groq.chat.completions.create()", ("a Groq",), CHAIN)
    page = page_of(rejected=(rejected,))
    assert "app.py:3:1  groq.chat.completions.create()\n  not reported: it is a Groq\n" in page


def test_no_key_is_printed() -> None:
    given = samples.argument("api_key", samples.value(literal=samples.KEY, named="K"), code=samples.KEY)
    assert samples.KEY[8:20] not in page_of(samples.client(2, arguments=(given,)))
