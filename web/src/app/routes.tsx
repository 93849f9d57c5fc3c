// Every address of the app and the page behind it. Pages are fetched when they are first needed, or when a link to them
// is about to be followed.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";

import { Loading } from "~/ui/Spinner";
import { Broken, NotFound } from "./Broken";
import { Shell } from "./Shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Broken });

const lobby = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("~/features/library/LobbyPage"), "LobbyPage"),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("~/features/account/SignInPage"), "SignInPage"),
});
const interview = createRoute({
  getParentRoute: () => root,
  path: "/interviews/$id",
  component: lazyRouteComponent(() => import("~/features/interview/InterviewPage"), "InterviewPage"),
});
const card = createRoute({
  getParentRoute: () => root,
  path: "/interviews/$id/card",
  component: lazyRouteComponent(() => import("~/features/report/CardPage"), "CardPage"),
});
const history = createRoute({
  getParentRoute: () => root,
  path: "/interviews",
  component: lazyRouteComponent(() => import("~/features/report/HistoryPage"), "HistoryPage"),
});
const score = createRoute({
  getParentRoute: () => root,
  path: "/score",
  component: lazyRouteComponent(() => import("~/features/report/ScorePage"), "ScorePage"),
});
const mine = createRoute({
  getParentRoute: () => root,
  path: "/mine",
  component: lazyRouteComponent(() => import("~/features/account/MinePage"), "MinePage"),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("~/features/settings/SettingsPage"), "SettingsPage"),
});
const queue = createRoute({
  getParentRoute: () => root,
  path: "/coach",
  component: lazyRouteComponent(() => import("~/features/coach/QueuePage"), "QueuePage"),
});
const agreement = createRoute({
  getParentRoute: () => root,
  path: "/coach/agreement",
  component: lazyRouteComponent(() => import("~/features/coach/AgreementPage"), "AgreementPage"),
});
const review = createRoute({
  getParentRoute: () => root,
  path: "/coach/$id",
  component: lazyRouteComponent(() => import("~/features/coach/ReviewPage"), "ReviewPage"),
});

export function makeRouter() {
  return createRouter({
    routeTree: root.addChildren([lobby, signIn, interview, card, history, score, mine, settings, queue, agreement, review]),
    defaultPreload: "intent",
    defaultPendingComponent: () => <Loading />,
    defaultErrorComponent: Broken,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
