"""A coach's whole way through a review, in a real browser: blind levels, the card, changes with reasons, and files."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path

from playwright.async_api import Page, expect

from interviewer.coach.review import issued_card
from interviewer.interview.ledger import Quoted
from interviewer.interview.scorecard import CriterionResult, FlagResult, Scorecard
from tests.browser.desk import Desk, Told, at_desk, select
from tests.browser.house import IN_ONE_LOOP, House, Visit
from tests.coach.finished import a_finished_log

pytestmark = IN_ONE_LOOP
WEAK = "url-shortener-weak"
FORMULA = '=HYPERLINK("http://evil.example","read me")'


def _issued() -> Scorecard:
    """The card that the scorer issued for the interview under review."""
    card = issued_card(a_finished_log(WEAK))
    assert card is not None
    return card


def _words(recommendation: str) -> str:
    return recommendation.replace("-", " ")


async def test_nothing_of_the_scorers_reaches_a_coach_before_levels_of_their_own(house: House) -> None:
    async with house.visit("Cara") as candidate:
        session = await house.finished(candidate.account, "blind", WEAK)
    async with house.visit("Ada", "coach") as coach:
        issued = _issued()
        secrets = (
            issued.recommendation,
            _words(issued.recommendation),
            f"{issued.overall:.2f}",
            *("rf.", issued.evidence[0].id, issued.flags[0].name),
        )
        told = Told()
        told.listen(coach)
        page = coach.page
        await coach.to("/")
        await page.get_by_role("link", name="Coach").click()
        await page.get_by_role("link", name=re.compile("Cara")).click()
        desk = Desk(coach, session)
        await expect(desk.own).to_be_visible()
        await page.get_by_text("Was it fair?").click()
        for why in await page.get_by_text("Why we said this").all():
            await why.click()
        await expect(page.get_by_role("button", name="Take away")).to_be_disabled()
        heard, seen = await told.words(), await page.content()
        assert "Prometheus" in heard and "Prometheus" in seen
        for secret in secrets:
            assert secret not in heard, secret
            assert secret not in seen, secret
        for path in ("card-page", "scorecard?format=json", "review/export?format=json"):
            answer = await coach.context.request.get(f"{coach.home}/v1/sessions/{session}/{path}")
            assert answer.status == 409, path
            assert not [secret for secret in secrets if secret in await answer.text()]

        await desk.level("2110")
        heard = await told.words()
        assert all(secret in heard for secret in secrets if " " not in secret)
        await expect(desk.card.get_by_text("You and the scorer: ")).to_be_visible()
        await expect(desk.card.get_by_text(f"{issued.overall:.2f}")).to_be_visible()


async def test_a_coach_changes_what_is_wrong_and_the_candidate_reads_why(
    house: House, tmp_path: Path
) -> None:
    async with house.visit("Cem") as candidate, house.visit("Bea", "coach") as coach:
        session = await house.finished(candidate.account, "changed", WEAK)
        issued = _issued()
        levelled = next(one for one in issued.criteria if one.weight and one.level == 1)
        flag = next(one for one in issued.flags if one.stated)
        desk = await at_desk(coach, session)
        await desk.level("11")
        await _override(desk, issued, levelled)
        await _cite(desk)
        await _drop(desk, issued)
        await _settle(desk, flag)
        await _comment(desk)

        files = {name: await _taken(coach.page, name, tmp_path) for name in FILES}
        _holds_together(files, levelled)

        await coach.to("/coach/agreement")
        # A coach and the scorer levelled both rows that were given.
        pairs = coach.page.get_by_role("region", name="All criteria together")
        await expect(pairs).to_contain_text(re.compile(r"\d+ from \d+ interviews?"))
        n = int((await pairs.locator("dd").first.inner_text()).split()[0])
        assert n == (await coach.ask("GET", "/v1/agreement"))["pooled"]["n"] >= 2
        await expect(coach.page.get_by_text("Too few to rest anything on")).to_be_visible()

        await _read_by(candidate, session)


async def _override(desk: Desk, issued: Scorecard, criterion: CriterionResult) -> None:
    """A level the scorer gave too low; the issued one stays on the page, struck."""
    name, was = criterion.name, criterion.level
    row = await desk.criterion(name)
    await row.get_by_role("button", name="Change the level…").click()
    sheet = desk.sheet(name)
    await expect(sheet.get_by_role("button", name="Change it")).to_be_disabled()
    await sheet.get_by_role("radio", name="2").check()
    await desk.reason(name, FORMULA, "Change it")
    summary = row.locator("summary").first
    await expect(summary).to_contain_text(re.compile(rf"Scorer: {was}\s*Now: 2"))
    await expect(summary.get_by_text(f"Scorer: {was}")).to_have_css("text-decoration-line", "line-through")
    await expect(desk.card.get_by_text(f"{name}: {was} → 2")).to_be_visible()
    verdict = f"As issued: {issued.overall:.2f}, {_words(issued.recommendation)}."
    await expect(desk.card.get_by_text(verdict)).to_be_visible()


async def _cite(desk: Desk) -> None:
    """Words selected in the conversation become evidence for an item."""
    await select(desk.turn(18).locator("[data-said]"), "Kubernetes restarts it")
    await desk.page.get_by_role("button", name="Cite for or against…").click()
    sheet = desk.sheet("Cite words of turn 18")
    await expect(sheet.locator("mark")).to_have_text("Kubernetes restarts it")
    await sheet.get_by_label("For what").select_option("cr.reliability/it.names-failure")
    await desk.reason("Cite words of turn 18", "It names who notices.", "Cite them")
    await desk.turn(18).locator("summary", has_text="Cited").click()
    await expect(
        desk.turn(18).get_by_role("listitem").filter(has_text="“Kubernetes restarts it").first
    ).to_be_visible()


async def _drop(desk: Desk, issued: Scorecard) -> None:
    """Words that show nothing of the kind are dropped from the turn they were said in."""
    items = {item.id: item.text for one in issued.criteria for item in one.items}
    row = next(one for one in issued.evidence if isinstance(one, Quoted) and one.subject in items)
    turn = desk.turn(row.turn)
    await turn.locator("summary", has_text="Cited").click()
    line = turn.get_by_role("listitem").filter(has_text=items[row.subject]).filter(has_text=row.quote)
    await line.get_by_role("button", name="Drop…").click()
    await desk.reason("Drop this evidence", "A name is no reason.", "Drop it")
    await expect(line).to_have_count(0)


async def _settle(desk: Desk, flag: FlagResult) -> None:
    """A flag that is no fault goes from the card and is named as taken."""
    await desk.tab("Flags")
    await desk.card.get_by_role("button", name=f"Settle: {flag.name}").click()
    sheet = desk.sheet(f"Settle: {flag.name}")
    await sheet.get_by_role("radio", name="No fault here").check()
    await desk.reason(f"Settle: {flag.name}", "They were asked to.", "Settle it")
    await expect(desk.card.get_by_role("heading", name="Taken from the card")).to_be_visible()
    await expect(desk.card.locator("s")).to_have_text(flag.name)


async def _comment(desk: Desk) -> None:
    """One comment for the candidate, one for coaches only."""
    for turn, words, share in ((14, "Say how old a copy may be.", True), (16, "Watch this one.", False)):
        await desk.page.get_by_role("button", name=f"Comment on turn {turn}").click()
        sheet = desk.sheet(f"A comment on turn {turn}")
        await sheet.get_by_label("Your words").fill(words)
        await sheet.get_by_role("switch").set_checked(share)
        await sheet.get_by_role("button", name="Keep it").click()
        await expect(sheet).to_have_count(0)
        await expect(desk.turn(turn).get_by_text(words)).to_be_visible()
    await desk.tab("Changes")
    await expect(desk.card.get_by_role("listitem")).to_have_count(4)


FILES = {
    "Review as Markdown": ".md",
    "Review as a page": ".html",
    "Review as JSON": ".json",
    "Levels and changes as CSV": ".csv",
    "Debrief, one page": ".md",
}


async def _taken(page: Page, name: str, folder: Path) -> str:
    """What is in a file that is taken away by the menu."""
    await page.get_by_role("button", name="Take away").click()
    async with page.expect_download() as waiting:
        await page.get_by_role("menuitem", name=name).click()
    download = await waiting.value
    assert download.suggested_filename.endswith(FILES[name])
    await download.save_as(folder / name)
    return (folder / name).read_text("utf-8-sig")


def _holds_together(files: dict[str, str], levelled: CriterionResult) -> None:
    """Every file opens in what it is for, holds the change and its reason, and does nothing by itself."""
    review = json.loads(files["Review as JSON"])
    changes = [(one["kind"], one["target"], one["from"], one["to"]) for one in review["changes"]]
    assert ("override", levelled.id, levelled.level, 2) in changes
    assert [one["kind"] for one in review["changes"]] == [
        "override",
        "evidence_added",
        "evidence_dropped",
        "flag_settled",
    ]
    levels = {one["id"]: one["level"] for one in review["current"]["criteria"]}
    issued = {one["id"]: one["level"] for one in review["issued"]["criteria"]}
    assert (issued[levelled.id], levels[levelled.id]) == (levelled.level, 2)

    cells = [cell for row in csv.reader(StringIO(files["Levels and changes as CSV"])) for cell in row]
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@")) or re.match(r"-\D", cell)]

    html = files["Review as a page"]
    assert "<script" not in html.lower() and 'href="http://evil' not in html
    assert "They were asked to." in html

    markdown = files["Review as Markdown"]
    assert f"issued {levelled.level}, now 2" in markdown and "A name is no reason." in markdown
    assert "Say how old a copy may be." in markdown
    assert "Say how old a copy may be." in files["Debrief, one page"]


async def _read_by(candidate: Visit, session: str) -> None:
    """The candidate reads what was changed and shared, and nothing that was not."""
    await candidate.to(f"/interviews/{session}/card")
    page = candidate.page
    await expect(page.get_by_role("region", name="From your coach")).to_contain_text("4 things")
    await expect(page.get_by_text("Say how old a copy may be.")).to_be_visible()
    await expect(page.get_by_text(FORMULA).first).to_be_visible()
    assert "Watch this one." not in await page.content()
    assert "Watch this one." not in json.dumps(
        await candidate.ask("GET", f"/v1/sessions/{session}/card-page")
    )
