from playwright.async_api import expect
from tests.browser.house import IN_ONE_LOOP, House
from tests.browser.room import begin

pytestmark = IN_ONE_LOOP


async def test_x(house: House) -> None:
    async with house.visit("Ada") as visit:
        room = await begin(visit)
        page = visit.page
        board = page.get_by_role("region", name="Board")
        await expect(board.locator("canvas").first).to_be_visible()
        rect = page.get_by_role("radio", name="Rectangle")
        await board.locator("label:has([data-testid=toolbar-rectangle])").click()
        await page.wait_for_timeout(300)
        print("checked", await rect.is_checked())
        canvas = await board.locator("canvas.interactive").bounding_box()
        m = page.mouse
        x, y = canvas["x"], canvas["y"]
        print(
            await page.evaluate(
                "([x,y])=>document.elementFromPoint(x,y).outerHTML.slice(0,200)", [x + 100, y + 400]
            )
        )
        await page.evaluate(
            "for (const n of ['pointerdown','pointerup','pointercancel','pointermove']) addEventListener(n, e=>(window.evs??=[]).push(n+' '+e.pointerType+' '+e.button+' '+e.clientX), true)"
        )
        await m.move(x + 100, y + 400)
        await m.down()
        await page.wait_for_timeout(100)
        await m.move(x + 200, y + 440, steps=4)
        await m.move(x + 270, y + 480, steps=4)
        await page.wait_for_timeout(100)
        await m.up()
        print(await page.evaluate("window.evs"))
        await page.wait_for_timeout(300)
        print(
            "checked",
            await rect.is_checked(),
            await page.evaluate("document.activeElement.outerHTML.slice(0,200)"),
        )
        await page.screenshot(path="/tmp/w4-4.png")
        await page.keyboard.press("Enter")
        await page.wait_for_timeout(300)
        print(
            "editor",
            await page.locator("textarea.excalidraw-wysiwyg").count(),
            await page.evaluate("document.activeElement.outerHTML.slice(0,200)"),
        )
        await page.keyboard.type("Cache")
        await page.keyboard.press("Escape")
        await page.wait_for_timeout(300)
        await page.screenshot(path="/tmp/w4-5.png")
