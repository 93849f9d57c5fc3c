import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { Problem } from "~/wire/problem";
import { queries } from "~/wire/queries";

import { NoReview } from "./NoReview";

const retry = vi.fn();

beforeEach(() => {
  vi.stubGlobal("scrollTo", () => undefined);
});

async function shown(status: number, role: "coach" | "candidate" = "coach") {
  const client = new QueryClient();
  client.setQueryData(queries.me().queryKey, { person: { roles: [role] } } as never); // no other part of it is read
  const fault = new Problem(status, "about:blank", "No.", "");
  const root = createRootRoute({ component: () => <NoReview fault={fault} retry={retry} /> });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  return (await screen.findByRole("heading", { level: 1 })).textContent;
}

test("an interview of nobody's has a heading and a way back, and nothing to try again", async () => {
  expect(await shown(404)).toBe("There is no such interview");
  expect(screen.getByRole("link", { name: "Back to the queue" })).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});

test("a candidate who finds the way here is not sent to a queue that they may not see", async () => {
  expect(await shown(404, "candidate")).toBe("There is no such interview");
  expect(screen.getByRole("link", { name: "Your interviews" })).toBeTruthy();
});

test("a server that does not answer may be tried again", async () => {
  expect(await shown(503)).toBe("The review could not be opened");
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});
