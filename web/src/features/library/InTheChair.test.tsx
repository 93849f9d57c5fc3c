import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { queries } from "~/wire/queries";

import { InTheChair } from "./InTheChair";

beforeEach(() => {
  vi.stubGlobal("scrollTo", () => undefined);
});

async function line(shown: object) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const whole = { interviewer: "offline", off: "", seats: [], may_test: true, ...shown };
  client.setQueryData(queries.model().queryKey, whole as never); // no other part of it is read
  const root = createRootRoute({ component: InTheChair });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  return (await screen.findByText(/^Interviewer:/)).textContent;
}

const SEAT = { roles: ["talk"], name: "gpt-5-mini", host: "h", key: true, local: false };

test("without a model it is offline, and both ways to one are a click away", async () => {
  expect(await line({})).toBe("Interviewer: offline. No model is set up.");
  expect(screen.getByRole("link", { name: "Add a key" }).getAttribute("href")).toBe("/settings#key");
  expect(screen.getByRole("link", { name: "Local model" }).getAttribute("href")).toBe("/settings#local");
});

test("with a model it is called by its name", async () => {
  expect(await line({ interviewer: "gpt-5-mini", seats: [SEAT] })).toBe("Interviewer: gpt-5-mini");
  expect(screen.getByRole("link", { name: "Settings" }).getAttribute("href")).toBe("/settings");
});

test("a model that is switched off is not said to interview", async () => {
  expect(await line({ seats: [SEAT], off: "switch" })).toBe("Interviewer: offline, since models are switched off.");
});

test("a candidate is not offered what they cannot change", async () => {
  expect(await line({ interviewer: "gpt-5-mini", may_test: false })).toBe("Interviewer: gpt-5-mini");
  expect(screen.queryByRole("link", { name: "Add a key" })).toBeNull();
  expect(screen.getByRole("link", { name: "What that means" })).toBeTruthy();
});

test("a candidate is not told what is set up", async () => {
  expect(await line({ may_test: false })).toBe("Interviewer: offline");
});
