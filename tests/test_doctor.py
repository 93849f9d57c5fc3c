"""The doctor against a served endpoint: each thing that can be wrong is said in one line, and no key is ever told."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from interviewer.doctor import Doctor
from interviewer.doctor_findings import Finding, places, suited, with_key
from interviewer.doctor_words import fault_in_words
from interviewer.errors import ModelFault
from interviewer.llm import packages
from interviewer.llm.anew import ONCE
from interviewer.llm.budget import MemoryTill, Spent
from interviewer.llm.packages import install_command
from interviewer.models import OFF_FILE
from interviewer.settings import Settings
from tests.llm.endpoint import Asked, Endpoint, Script, dead_url, fails, frame, says, serving, streams, tells

TODAY = date(2026, 11, 22)
KEY = "sk-quite-secret-4711"
COUNTED = "one, two, three, four, five, six, seven, eight, nine, ten"
LARGER = '{"larger": 8}'


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    async with serving() as one:
        one.models = ("bench",)
        one.answer = well
        yield one


@pytest.fixture
def till() -> MemoryTill:
    return MemoryTill()


def well(asked: Asked) -> Script:
    """What a capable model answers to either question."""
    return says(LARGER if asked.json.get("response_format") else COUNTED)


def counting(*script: Any) -> Callable[[Asked], Script]:
    """The first question is answered so, the second well."""
    return lambda asked: well(asked) if asked.json.get("response_format") else script


def comparing(text: str, refuses: Sequence[str] = ()) -> Callable[[Asked], Script]:
    """The second question is answered so, by an endpoint that refuses these kinds of response format."""

    def answer(asked: Asked) -> Script:
        wanted = asked.json.get("response_format")
        if wanted and wanted["type"] in refuses:
            return fails(400, f"response_format {wanted['type']} is not supported")
        return says(COUNTED if "Count" in asked.json["messages"][0]["content"] else text)

    return answer


def settled(folder: Path, endpoint: Endpoint | str, **more: Any) -> Settings:
    url = endpoint if isinstance(endpoint, str) else endpoint.url
    named = {"model": "bench", "model_url": url, "model_key": KEY, **more}
    return Settings(_env_file=None, data=folder, **named)


async def found(settings: Settings, till: MemoryTill) -> dict[str, Finding]:
    """The last finding of each check; no finding may hold the key."""
    doctor = Doctor(settings, till, lambda: TODAY, time.monotonic)
    findings = [one async for one in doctor.examine()]
    assert findings[-1].check == "verdict"
    assert not any(part in str(findings) for part in (KEY, KEY[:8], KEY[-4:]))
    return {one.check: one for one in findings}


def states(findings: dict[str, Finding]) -> set[str]:
    return {one.state for one in findings.values()}


async def test_a_model_that_works_can_lead_interviews(endpoint, till, tmp_path) -> None:
    told = await found(settled(tmp_path, endpoint, model_prompt_price=1.0), till)
    host = endpoint.url.removeprefix("http://").removesuffix("/v1")
    assert states(told) == {"ok"}
    assert told["verdict"].told == f"bench at {host} can lead interviews."
    assert list(told) == [
        "switch", "budget", "model", "key", "address", "name", "answer", "speed", "structure", "tokens", "price",
        "verdict",
    ]  # fmt: skip


async def test_it_asks_three_times_at_the_most_and_pays_for_it(endpoint, till, tmp_path) -> None:
    await found(settled(tmp_path, endpoint), till)
    assert len(endpoint.asked) == 3
    assert till.days[TODAY] == Spent(tokens=240, calls=2)


async def test_the_same_questions_are_asked_each_time(endpoint, till, tmp_path) -> None:
    for _ in range(2):
        await found(settled(tmp_path, endpoint), till)
    first, second, third, fourth = [one.body for one in endpoint.chats]
    assert (first, second) == (third, fourth)


async def test_without_a_model_it_says_what_to_put_where(till, tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    told = await found(Settings(_env_file=None, data=tmp_path), till)
    assert list(told) == ["model", "verdict"]
    assert states(told) == {"ok"}, "nothing is wrong with that"
    assert "INTERVIEWER_MODEL_KEY" in told["model"].remedy
    assert "offline interviewer" in told["verdict"].told


async def test_a_dead_port_is_said_within_six_seconds(till, tmp_path) -> None:
    began = time.monotonic()
    told = await found(settled(tmp_path, dead_url()), till)
    assert time.monotonic() - began < 6
    assert told["address"].state == told["verdict"].state == "wrong"
    assert "answer" not in told
    assert "nothing answers there" in told["verdict"].told


async def test_an_endpoint_that_says_nothing_is_not_waited_for_long(till, tmp_path, endpoint) -> None:
    endpoint.answer = lambda _: says(COUNTED, first_s=30)
    began = time.monotonic()
    told = await found(settled(tmp_path, endpoint, model_first_s=0.2), till)
    assert time.monotonic() - began < 5
    assert told["answer"].told == "It takes the call and says nothing."


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (fails(401, "bad key"), "refuses the key"),
        (fails(404, "no such model"), "knows no such model"),
        (fails(429, "slow down"), "no credit left"),
        (fails(500, "oh"), "answers 500"),
        (fails(503, "loading"), "answers 503"),
        (fails(301, "moved", {"location": "http://elsewhere.example/v1"}), "sends calls elsewhere"),
        (tells("<html>Welcome</html>", "text/html"), "such as a web page"),
        (says(COUNTED, finish=None), "breaks off without an end"),
        (says("", finish="stop"), "answers with nothing"),
        (says(COUNTED, finish="content_filter"), "declines"),
    ],
)
async def test_a_fault_of_the_endpoint_is_said_with_what_helps(
    endpoint, till, tmp_path, script, said
) -> None:
    endpoint.plays(script)
    told = await found(settled(tmp_path, endpoint), till)
    assert told["answer"].state == "wrong"
    assert said in told["answer"].told
    assert told["answer"].remedy
    assert said.split()[-1] in told["verdict"].told
    assert "structure" not in told


async def test_a_name_that_is_misspelt_is_told_with_the_nearest(endpoint, till, tmp_path) -> None:
    endpoint.models = ("gpt-5-mini", "gpt-5", "whisper")
    endpoint.plays(fails(404, "no such model"))
    told = await found(settled(tmp_path, endpoint, model="gpt-5-mni"), till)
    assert told["name"].state == "note"
    assert "gpt-5-mini is" in told["name"].told
    assert "gpt-5-mini" in told["answer"].remedy


async def test_a_local_name_without_its_tag_is_known(endpoint, till, tmp_path) -> None:
    endpoint.models = ("llama3:latest",)
    assert (await found(settled(tmp_path, endpoint, model="llama3"), till))["name"].state == "ok"


@pytest.mark.parametrize(
    ("refuses", "text", "state", "said"),
    [
        ((), LARGER, "ok", "keep to a JSON schema"),
        (("json_schema",), LARGER, "note", "takes no JSON schema"),
        (("json_schema", "json_object"), f"```json\n{LARGER}\n```", "note", "asked in words"),
        ((), "Eight is larger.", "wrong", "something else"),
        ((), '{"larger": "8"}', "wrong", "something else"),
    ],
)
async def test_how_answers_keep_to_a_shape(endpoint, till, tmp_path, refuses, text, state, said) -> None:
    endpoint.answer = comparing(text, refuses)
    told = (await found(settled(tmp_path, endpoint), till))["structure"]
    assert told.state == state
    assert said in told.told


async def test_a_model_slower_than_the_deadlines_is_told_by_how_much(endpoint, till, tmp_path) -> None:
    endpoint.answer = counting(*says(COUNTED, first_s=0.9))
    told = await found(settled(tmp_path, endpoint, model_first_s=0.6), till)
    assert told["speed"].state == "wrong"
    assert re.search(r"\b\d\.\d s to the first word", told["speed"].told)
    assert "INTERVIEWER_MODEL_FIRST_S" in told["speed"].remedy


async def test_an_answer_in_one_piece_is_noted(endpoint, till, tmp_path) -> None:
    endpoint.answer = counting(*says(COUNTED.replace(" ", "")))
    assert "one piece" in (await found(settled(tmp_path, endpoint), till))["answer"].told


async def test_a_model_that_thinks_aloud_is_not_let_before_candidates(endpoint, till, tmp_path) -> None:
    endpoint.answer = counting(*says(f"<think>They want me to count.</think> {COUNTED}"))
    told = await found(settled(tmp_path, endpoint), till)
    assert told["answer"].state == told["verdict"].state == "wrong"


async def test_an_endpoint_that_counts_no_tokens_is_noted_and_paid_by_reckoning(
    endpoint, till, tmp_path
) -> None:
    endpoint.answer = lambda asked: says(LARGER if asked.json.get("response_format") else COUNTED, usage=None)
    told = await found(settled(tmp_path, endpoint), till)
    assert told["tokens"].state == "note"
    assert till.days[TODAY].tokens > 0


async def test_while_models_are_off_none_is_called(endpoint, till, tmp_path) -> None:
    (tmp_path / OFF_FILE).touch()
    told = await found(settled(tmp_path, endpoint), till)
    assert endpoint.asked == []
    assert "model on" in told["switch"].remedy
    assert told["verdict"].told.startswith("Models are switched off.")


async def test_a_day_whose_budget_is_spent_calls_none(endpoint, till, tmp_path) -> None:
    till.days[TODAY] = Spent(tokens=1000)
    told = await found(settled(tmp_path, endpoint, model_day_tokens=1000), till)
    assert endpoint.asked == []
    assert "INTERVIEWER_MODEL_DAY_TOKENS" in told["budget"].remedy


async def test_a_limit_of_money_without_prices_is_never_reached_and_said_so(endpoint, till, tmp_path) -> None:
    told = await found(settled(tmp_path, endpoint, model_day_money=5.0), till)
    assert told["budget"].state == "note"


async def test_prices_say_what_an_interview_costs(endpoint, till, tmp_path) -> None:
    prices = {"model_prompt_price": 1.0, "model_cached_price": 0.1, "model_completion_price": 10.0}
    told = await found(settled(tmp_path, endpoint, **prices), till)
    assert "costs about 0.22" in told["price"].told


async def test_a_careful_model_with_a_price_of_its_own_makes_a_range(endpoint, till, tmp_path) -> None:
    prices = {"model_prompt_price": 1.0, "careful_prompt_price": 5.0, "careful_model": "slow-one"}
    told = await found(settled(tmp_path, endpoint, **prices), till)
    assert "costs about 0.18 to 0.90" in told["price"].told


async def test_each_model_is_paid_by_its_own_price(endpoint, till, tmp_path) -> None:
    more = {"careful_model": "slow-one", "careful_prompt_price": 1e6, "fallback_model": "spare"}
    await found(settled(tmp_path, endpoint, **more), till)
    assert till.days[TODAY] == Spent(tokens=3 * 240, money=200, calls=6)


async def test_a_key_is_not_sent_through_the_world_in_the_open(till, tmp_path) -> None:
    told = await found(settled(tmp_path, "http://models.example/v1"), till)
    assert told["key"].state == "wrong"
    assert "INTERVIEWER_MODEL_ALLOW_HTTP" in told["key"].remedy
    assert "over http://" in told["verdict"].told
    assert "answer" not in told


@pytest.mark.parametrize("key", [" ", "sk one", '"sk-one"', "sk-one\n", "sk-öne"])
async def test_a_key_that_can_be_none_is_not_sent(endpoint, till, tmp_path, key) -> None:
    told = await found(settled(tmp_path, endpoint, model_key=key), till)
    assert told["key"].state == "wrong"
    assert endpoint.asked == []


def test_a_key_that_may_go_in_the_open_is_noted(tmp_path) -> None:
    (place,) = places(settled(tmp_path, "http://models.example/v1"))
    assert with_key(place.where, allow_http=True).state == "note"


@pytest.mark.parametrize(
    "url",
    ["localhost:11434/v1", "ftp://a.example/v1", "http://", "http://a.example:99999/v1", "http://a/v1?key=x"],
)
async def test_an_address_that_can_be_none_is_said_before_any_call(till, tmp_path, url) -> None:
    told = await found(settled(tmp_path, url), till)
    assert told["address"].state == "wrong"
    assert "answer" not in told
    assert "model" not in told, "it is not said to be there"
    assert " at  " not in told["verdict"].told


async def test_an_address_that_goes_too_far_is_said(endpoint, till, tmp_path) -> None:
    told = await found(settled(tmp_path, f"{endpoint.url}/chat/completions"), till)
    assert "/chat/completions" in told["address"].remedy


async def test_a_password_in_an_address_is_not_told(endpoint, till, tmp_path) -> None:
    with_password = endpoint.url.replace("http://", "http://ada:wonder@")
    told = await found(settled(tmp_path, with_password), till)
    assert told["address"].state == "wrong"
    assert "wonder" not in str(told)
    assert endpoint.asked == []


async def examined(settings: Settings, till: MemoryTill) -> list[Finding]:
    """All findings, in order."""
    return [one async for one in Doctor(settings, till, lambda: TODAY, time.monotonic).examine()]


def in_one_line(findings: list[Finding]) -> dict[str, Finding]:
    """The one line of each of several models."""
    return {one.about: one for one in findings if one.check == "place"}


async def test_each_of_several_models_is_examined_and_told_of_in_one_line(endpoint, till, tmp_path) -> None:
    more = {"careful_model": "slow-one", "fallback_url": dead_url()}
    findings = await examined(settled(tmp_path, endpoint, **more), till)
    assert {one.about for one in findings} == {"", "fast", "careful", "fallback"}
    lines = in_one_line(findings)
    assert [(about, one.state) for about, one in lines.items()] == [
        ("fast", "ok"),
        ("careful", "ok"),
        ("fallback", "wrong"),
    ]
    assert lines["careful"].told.startswith("slow-one at ")
    assert lines["careful"].told.endswith(" can look for evidence.")
    assert lines["fallback"].told.endswith(" cannot stand in: nothing answers there.")
    assert "INTERVIEWER_FALLBACK_URL" in lines["fallback"].remedy
    assert "can lead interviews, but bench at" in findings[-1].told


async def test_where_all_of_them_fail_the_verdict_says_why_of_each(endpoint, till, tmp_path) -> None:
    endpoint.answer = lambda asked: (
        fails(401, "no") if asked.json["model"] == "bench" else fails(404, "no such model")
    )
    more = {"careful_model": "gone", "fallback_url": dead_url(), "fallback_model": "spare"}
    findings = await examined(settled(tmp_path, endpoint, **more), till)
    told = {about: one.told.partition(": ")[2] for about, one in in_one_line(findings).items()}
    assert told == {
        "fast": "it refuses the key.",
        "careful": "it knows no such model, or nothing is at this path.",
        "fallback": "nothing answers there.",
    }
    assert all(why.rstrip(".") in findings[-1].told for why in told.values())
    assert in_one_line(findings)["careful"].remedy.startswith("Correct INTERVIEWER_CAREFUL_MODEL")


async def test_one_line_holds_all_that_is_wrong_with_a_model(endpoint, till, tmp_path) -> None:
    slow = says("Eight is larger.", first_s=1.1)
    endpoint.answer = lambda asked: slow if asked.json["model"] == "slow-one" else well(asked)
    more = {"careful_model": "slow-one", "careful_total_s": 1.0}
    line = in_one_line(await examined(settled(tmp_path, endpoint, **more), till))["careful"]
    assert re.search(
        r": it took 1\.\d s in all, and 1 s are allowed; it was asked for JSON and answered", line.told
    )
    assert "INTERVIEWER_CAREFUL_TOTAL_S" in line.remedy


async def test_the_fallback_of_a_careful_model_elsewhere_is_examined_there(tmp_path, till) -> None:
    more = {"careful_url": "http://127.0.0.1:9/v1", "fallback_model": "spare"}
    named = places(settled(tmp_path, "http://127.0.0.1:8/v1", **more))
    assert [(one.name, one.title) for one in named] == [
        ("fast", "bench at 127.0.0.1:8"),
        ("careful", "bench at 127.0.0.1:9"),
        ("fallback", "spare at 127.0.0.1:8"),
        ("fallback", "spare at 127.0.0.1:9"),
    ]


async def test_models_that_are_not_asked_are_not_said_to_work(endpoint, till, tmp_path) -> None:
    (tmp_path / OFF_FILE).touch()
    findings = await examined(settled(tmp_path, endpoint, careful_model="n"), till)
    assert in_one_line(findings) == {}


async def test_a_switch_that_is_thrown_meanwhile_stops_the_test(endpoint, till, tmp_path) -> None:
    def answer(asked: Asked) -> Script:
        (tmp_path / OFF_FILE).touch()
        return well(asked)

    endpoint.answer = answer
    told = await found(settled(tmp_path, endpoint), till)
    assert len(endpoint.chats) == 1
    assert told["structure"].told == "Asked for JSON: Models were switched off meanwhile."


async def test_testing_again_and_again_is_not_stopped_by_the_limit_of_one_interview(
    endpoint, till, tmp_path
) -> None:
    till.sessions["doctor"] = Spent(tokens=1_000_000)
    assert (await found(settled(tmp_path, endpoint), till))["verdict"].state == "ok"


async def test_a_provider_whose_package_is_missing_is_said_not_raised(till, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(_env_file=None, data=tmp_path, model="mistralai:small", model_key=SecretStr(KEY))
    told = await found(settings, till)
    assert told["package"] == Finding(
        "package",
        "wrong",
        "The package for mistralai is not installed.",
        f"Install it: {sys.executable} -m pip install langchain-mistralai",
    )
    assert "address" not in told


def test_the_command_for_a_package_names_our_extra_where_there_is_one_and_works_where_it_is_typed(
    monkeypatch, tmp_path
) -> None:
    monkeypatch.setattr(packages, "_extras", lambda: frozenset({"google-genai"}))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "pip").touch()
    told = "Please install it with `pip install langchain-mistralai`"
    assert (
        install_command("google_genai", "", tmp_path) == ".venv/bin/pip install 'interviewer[google-genai]'"
    )
    assert install_command("mistralai", told, tmp_path) == ".venv/bin/pip install langchain-mistralai"
    elsewhere = install_command("mistralai", told, tmp_path / "elsewhere")
    assert elsewhere == f"{sys.executable} -m pip install langchain-mistralai"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 429])
async def test_a_call_that_is_refused_costs_nothing(endpoint, till, tmp_path, status) -> None:
    endpoint.plays(fails(status, "no"))
    await found(settled(tmp_path, endpoint), till)
    assert len(endpoint.chats) >= 1
    assert till.days.get(TODAY, Spent()) == Spent()


async def test_for_a_model_on_this_machine_no_prices_are_missed(endpoint, till, tmp_path) -> None:
    told = await found(settled(tmp_path, endpoint), till)
    assert told["price"].state == "ok"
    (tmp_path / OFF_FILE).touch()  # nobody is asked there
    elsewhere = await found(settled(tmp_path, endpoint, fallback_url="https://one.invalid/v1"), till)
    assert elsewhere["price"].state == "note"


async def test_an_unknown_provider_is_said_with_the_nearest_and_its_key_goes_nowhere(till, tmp_path) -> None:
    settings = Settings(_env_file=None, data=tmp_path, model="google-genai:gemini", model_key=SecretStr(KEY))
    told = await found(settings, till)
    assert told["model"].state == told["verdict"].state == "wrong"
    assert told["model"].told.startswith(
        "google-genai, before the colon in google-genai:gemini, is no provider"
    )
    assert told["model"].remedy.startswith("Is google_genai meant? Known are openai, anthropic,")
    assert "OpenAI" not in told["verdict"].told + told["verdict"].remedy
    assert "key" not in told


async def test_a_model_that_only_thinks_is_told_so(endpoint, till, tmp_path) -> None:
    endpoint.answer = lambda _: streams(
        b'data: {"choices": [{"delta": {"reasoning_content": "Hm."}}]}\n\n', frame(finish="length")
    )
    told = await found(settled(tmp_path, endpoint), till)
    assert told["answer"].told == "It used up its room in thinking and said nothing."


async def test_all_connections_of_a_model_are_let_go(endpoint, till, tmp_path) -> None:
    await found(settled(tmp_path, endpoint), till)
    await endpoint.deserted()


@pytest.mark.parametrize(
    "file",
    [".env.example", "README.md", "web/src/features/settings/setUps.ts", "interviewer/doctor_words.py"],
)
def test_every_setting_that_people_are_told_to_set_is_one(paths, file) -> None:
    told = set(
        re.findall(r"\bINTERVIEWER_((?:MODEL|CAREFUL|FALLBACK)\w*)", (paths.root / file).read_text("utf-8"))
    )
    assert told
    assert {name.lower() for name in told} <= set(Settings.model_fields)


def test_every_fault_of_a_model_has_words_of_its_own(paths) -> None:
    raised = re.compile(r'Model(?:Fault|Busy|Unfit|Declined)\(\s*"(\w+)"')
    ours = {
        "broke_the_schema",
        "no_reply",
        "not_recorded",
    }  # a value's fault, and those of the twins that only replay
    files = (paths.root / "interviewer" / "llm").glob("*.py")
    codes = {code for file in files for code in raised.findall(file.read_text("utf-8"))} - ours | ONCE
    assert len(codes) > 10
    assert [code for code in codes if f"({code})" in fault_in_words(ModelFault(code))[0]] == []


def test_a_remedy_names_the_settings_of_the_model_that_it_is_for(tmp_path) -> None:
    named: dict[str, Any] = {"model": "a", "model_key": KEY, "careful_model": "b", "fallback_model": "c"}
    talk, evidence, stand_in = places(Settings(_env_file=None, data=tmp_path, **named))
    remedy = (
        "Set INTERVIEWER_MODEL, INTERVIEWER_MODEL_URL, INTERVIEWER_MODEL_KEY or INTERVIEWER_MODEL_FIRST_S."
    )
    assert suited(talk, remedy) == remedy
    assert suited(evidence, remedy) == (
        "Set INTERVIEWER_CAREFUL_MODEL, INTERVIEWER_CAREFUL_URL, INTERVIEWER_CAREFUL_KEY or INTERVIEWER_CAREFUL_TOTAL_S."
    )
    assert "INTERVIEWER_FALLBACK_MODEL" in suited(stand_in, remedy)


# ---------------------------------------------------------------------------------------------------- as a command


def test_the_command_ends_with_one_line_and_a_code(interviewer, tmp_path) -> None:
    none = interviewer("doctor")
    assert none.code == 0
    assert none.out.strip().splitlines()[-1].startswith("No model is set up")
    assert str(tmp_path / ".env") in none.out
    (tmp_path / ".env").write_text(f"INTERVIEWER_MODEL_URL={dead_url()}\nINTERVIEWER_MODEL_KEY={KEY}\n")
    dead = interviewer("doctor")
    assert dead.code == 1
    assert "wrong address" in dead.out
    assert KEY not in dead.out + dead.err


def test_the_command_gives_json_for_programs(interviewer) -> None:
    told = json.loads(interviewer("doctor", "--format", "json").out)
    assert told["ok"] is True
    assert [one["check"] for one in told["checks"]] == ["model", "verdict"]


def test_models_are_switched_off_and_on_again(interviewer, tmp_path) -> None:
    (tmp_path / ".env").write_text(f"INTERVIEWER_MODEL=bench\nINTERVIEWER_MODEL_KEY={KEY}\n")
    assert interviewer("model", "show").out.startswith("Interviewer: bench\n")
    assert interviewer("model", "off").code == 0
    shown = interviewer("model", "show").out
    assert shown.startswith("Interviewer: offline\n")
    assert "`interviewer model on` switches them on" in shown
    assert (
        interviewer("model", "off").code
        == interviewer("model", "on").code
        == interviewer("model", "on").code
        == 0
    )
    last = interviewer("model", "show").out
    assert last.startswith("Interviewer: bench\n")
    assert "Today: 0 tokens in 0 calls." in last
    assert KEY not in shown + last
