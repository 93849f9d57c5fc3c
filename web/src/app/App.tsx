import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";

import { whenSignedOut } from "~/wire/http";
import { Problem } from "~/wire/problem";
import { makeRouter } from "./routes";

const TRIES = 3;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays a refusal; only what may pass is tried again.
      retry: (failures, fault) => failures < TRIES && !(fault instanceof Problem && !fault.mayPass),
      staleTime: 10_000,
    },
  },
});

const router = makeRouter();

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** Where one was when one had to sign in again. */
    from?: string;
  }
}

whenSignedOut(() => {
  const { pathname } = router.state.location;
  if (pathname === "/sign-in") return;
  client.clear();
  void router.navigate({ to: "/sign-in", state: { from: pathname } });
});

export function App() {
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
