"""What is kept of a model's reading: beside the interview that it is about, and never of one that was forgotten."""

from __future__ import annotations

from pathlib import Path

from interviewer.channels.my_data import forget_files
from interviewer.errors import ModelFault
from interviewer.interview.events import SessionEnded, SessionId
from interviewer.judges import judge
from interviewer.llm.model import Prompt, Scripted
from interviewer.llm.replies import replies_of
from interviewer.llm.tape import replies_in
from interviewer.readers import reader_of, standing
from interviewer.settings import Settings
from interviewer.store.log import MemoryLog
from tests.builders import Clock, a_shelf
from tests.scoring.reading import a_reader, a_reply, an_interview

ID = SessionId("bicycles")


async def a_log() -> MemoryLog:
    """A log that has the interview."""
    log = MemoryLog(Clock())
    await log.append(ID, 0, (SessionEnded(why="candidate"),))
    return log


def settings_in(data: Path) -> Settings:
    return Settings(_env_file=None, data=data)


async def test_what_was_answered_about_an_interview_is_kept_beside_it_alone(tmp_path: Path) -> None:
    log = await a_log()
    reader = await reader_of(settings_in(tmp_path), a_reader({}), ID, stands=standing(log, ID))
    await judge(an_interview(), a_shelf(), reader)
    assert [file.name for file in (tmp_path / "replies").iterdir()] == ["bicycles.jsonl"]
    assert len(replies_in(replies_of(tmp_path, ID))) > 10
    again = Scripted([], name="reader")
    reader = await reader_of(settings_in(tmp_path), again, ID, stands=standing(log, ID))
    card = await judge(an_interview(), a_shelf(), reader)
    assert card.by == ("offline", "llm:reader")
    assert again.asked == []


async def test_an_interview_that_is_forgotten_while_it_is_read_leaves_no_answers(tmp_path: Path) -> None:
    """Forgetting is as the server does it: the log first, and then the files."""
    log = await a_log()
    answered: list[str] = []

    def answer(prompt: Prompt) -> str | ModelFault:
        answered.append(prompt.key())
        if len(answered) == 3:
            forget_files(tmp_path, ID)
        return a_reply(prompt, {})

    reader = await reader_of(settings_in(tmp_path), Scripted(answer), ID, stands=standing(log, ID))
    card = await judge(an_interview(), a_shelf(), reader)
    assert len(answered) > 10
    assert card.by == ("offline", "llm:scripted"), "it is read to its end, and nothing is kept of it"
    assert not replies_of(tmp_path, ID).exists()


async def test_nothing_is_kept_of_an_interview_that_was_forgotten_before_it_is_read(tmp_path: Path) -> None:
    log = await a_log()
    await log.forget(ID)
    forget_files(tmp_path, ID)
    reader = await reader_of(settings_in(tmp_path), a_reader({}), ID, stands=standing(log, ID))
    await judge(an_interview(), a_shelf(), reader)
    assert not replies_of(tmp_path, ID).exists()


async def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "replies").write_text("a file where the folder would be")
    reader = await reader_of(settings_in(tmp_path), a_reader({}), ID)
    assert (await judge(an_interview(), a_shelf(), reader)).by == ("offline", "llm:reader")
