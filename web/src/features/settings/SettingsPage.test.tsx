import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { Problem } from "~/wire/problem";
import { queries } from "~/wire/queries";
import type { Body } from "~/wire/types";

import { SettingsPage } from "./SettingsPage";

type Shown = Body<"ModelShown">;
type Finding = Body<"ModelCheck">;

const wire = vi.hoisted(() => ({ testModel: vi.fn() }));
vi.mock("~/wire/api", async (original) => {
  const real = await original<typeof import("~/wire/api")>();
  return { ...real, api: { ...real.api, testModel: wire.testModel } };
});

const OFFLINE: Shown = {
  interviewer: "offline",
  off: "",
  seats: [],
  key_stays: "No key is set.",
  budget: {
    tokens: 0,
    calls: 0,
    money: 0,
    most_tokens: null,
    most_money: null,
    most_tokens_each: null,
    most_money_each: null,
    priced: false,
  },
  env_file: "/srv/interviewer/.env",
  may_test: true,
};
const SET: Shown = {
  ...OFFLINE,
  interviewer: "gpt-5-mini",
  seats: [{ roles: ["talk", "evidence"], name: "gpt-5-mini", host: "api.openai.com", key: true, local: false }],
  key_stays: "The key stays on the server.",
};

beforeEach(() => {
  wire.testModel.mockReset();
  vi.stubGlobal("scrollTo", () => undefined);
});

async function page(shown: Shown, at = "/settings") {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(queries.model().queryKey, shown);
  const root = createRootRoute();
  const settings = createRoute({ getParentRoute: () => root, path: "/settings", component: SettingsPage });
  const router = createRouter({
    routeTree: root.addChildren([settings]),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  await screen.findByRole("heading", { level: 1, name: "Settings" });
}

const finding = (check: string, state: Finding["state"], told: string, remedy = ""): Finding => ({
  check,
  state,
  told,
  remedy,
  about: "",
});

test("without a model the page says offline, and has nothing to test", async () => {
  await page(OFFLINE);
  expect(screen.getByRole("heading", { name: "Interviewer: offline" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Test the model" })).toBeNull();
  expect(screen.getByText("/srv/interviewer/.env")).toBeTruthy();
});

test("a model is told by its name, its host, and where its key stays", async () => {
  await page(SET);
  const panel = screen.getByRole("heading", { name: "Interviewer: gpt-5-mini" }).closest("section") as HTMLElement;
  expect(within(panel).getByText("api.openai.com")).toBeTruthy();
  expect(within(panel).getByText("The key stays on the server.")).toBeTruthy();
});

test("the address chooses which way to a model is shown, and the other ways are one choice away", async () => {
  await page(OFFLINE, "/settings#local");
  expect(screen.getByText(/INTERVIEWER_MODEL_URL=http:\/\/127.0.0.1:11434\/v1/)).toBeTruthy();
  await userEvent.selectOptions(screen.getByLabelText("Which one"), "vLLM");
  expect(screen.getByText(/127.0.0.1:8000/)).toBeTruthy();
  await userEvent.click(screen.getByRole("radio", { name: "Another provider" }));
  expect(screen.getByText(/INTERVIEWER_MODEL=anthropic:/)).toBeTruthy();
});

test("no field of the page could take a key", async () => {
  await page(OFFLINE);
  expect(screen.queryAllByRole("textbox")).toEqual([]);
  expect(document.querySelectorAll("input[type=password]")).toHaveLength(0);
});

test("the lines are copied whole", async () => {
  const person = userEvent.setup();
  await page(OFFLINE, "/settings#key");
  await person.click(screen.getByRole("button", { name: "Copy the lines" }));
  expect(await navigator.clipboard.readText()).toBe("INTERVIEWER_MODEL=gpt-5-mini\nINTERVIEWER_MODEL_KEY=your-key\n");
});

test("each finding is shown as it comes, and the verdict at the end", async () => {
  let tell: (one: Finding) => void = () => {};
  let end: () => void = () => {};
  wire.testModel.mockImplementation((onFinding: typeof tell) => {
    tell = onFinding;
    return new Promise<void>((done) => (end = done));
  });
  await page(SET);
  await userEvent.click(screen.getByRole("button", { name: "Test the model" }));
  tell(finding("switch", "ok", "Models are switched on."));
  expect(await screen.findByText("Models are switched on.")).toBeTruthy();
  expect((screen.getByRole("button", { name: "Test the model" }) as HTMLButtonElement).disabled).toBe(true);
  tell(finding("answer", "wrong", "It refuses the key.", "Put a good one there."));
  tell(finding("verdict", "wrong", "It cannot lead interviews."));
  end();
  expect(await screen.findByText("Put a good one there.")).toBeTruthy();
  expect(screen.getByRole("status").textContent).toContain("It cannot lead interviews.");
  expect(screen.getAllByRole("listitem").some((line) => line.textContent?.startsWith("wrong"))).toBe(true);
  expect(await screen.findByRole("button", { name: "Test again" })).toBeTruthy();
});

test("a test that is refused says why", async () => {
  wire.testModel.mockRejectedValue(new Problem(429, "urn:x", "", "Wait a few seconds."));
  await page(SET);
  await userEvent.click(screen.getByRole("button", { name: "Test the model" }));
  expect((await screen.findByRole("alert")).textContent).toBe("Wait a few seconds.");
});

test("a test that breaks off is not taken for a good one", async () => {
  wire.testModel.mockImplementation(async (onFinding: (one: Finding) => void) => {
    onFinding(finding("switch", "ok", "Models are switched on."));
  });
  await page(SET);
  await userEvent.click(screen.getByRole("button", { name: "Test the model" }));
  expect((await screen.findByRole("alert")).textContent).toContain("broke off");
});

test("a candidate sees who interviews, and neither the test nor the lines", async () => {
  await page({ ...SET, seats: [], key_stays: "", budget: null, env_file: "", may_test: false });
  expect(screen.getByRole("heading", { name: "Interviewer: gpt-5-mini" })).toBeTruthy();
  expect(screen.getByText(/What is said is sent to it/)).toBeTruthy();
  expect(screen.queryByText(/Today:/)).toBeNull();
  expect(screen.queryByRole("button", { name: "Test the model" })).toBeNull();
  expect(screen.queryByRole("heading", { name: "Set up a model" })).toBeNull();
});

test("a model that is switched off is told with what switches it on", async () => {
  await page({ ...SET, interviewer: "offline", off: "switch" });
  expect(screen.getByText(/“interviewer model on” switches them on/)).toBeTruthy();
});

test("a model that is switched off is not said to lead beside the one that does", async () => {
  await page({ ...SET, interviewer: "offline", off: "switch" });
  expect(screen.queryByText(/leads the talk/)).toBeNull();
  expect(screen.getByText(/is set up to lead the talk, and look for evidence/)).toBeTruthy();
});

test("that there is no key is said once", async () => {
  const seat = { roles: ["talk" as const], name: "bench", host: "127.0.0.1:1", key: false, local: true };
  await page({ ...SET, interviewer: "bench", seats: [seat], key_stays: "" });
  expect(document.body.textContent?.match(/no key is set/gi)).toHaveLength(1);
});

test.each([
  ["key", "OpenAI", /CAREFUL_MODEL=gpt-5\b/, /CAREFUL_KEY|CAREFUL_URL/],
  ["local", "Ollama", /CAREFUL_MODEL=gpt-5\nINTERVIEWER_CAREFUL_URL=.*\nINTERVIEWER_CAREFUL_KEY=/, /PROMPT_PRICE/],
  ["other", "Anthropic", /CAREFUL_MODEL=anthropic:/, /gpt-5/],
  ["other", "Google", /CAREFUL_MODEL=google_genai:/, /gpt-5|anthropic/],
])("further lines under #%s for %s fit that provider", async (hash, label, fits, strange) => {
  await page(OFFLINE, `/settings#${hash}`);
  await userEvent.selectOptions(screen.getByLabelText("Which one"), label);
  const more = screen.getAllByLabelText("Lines for the file")[1]?.textContent ?? "";
  expect(more).toMatch(fits);
  expect(more).not.toMatch(strange);
});
