// What every page has around it: the bar with its places, the theme, the sheet of keys, and a way past the bar.
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatchRoute, useRouterState } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";

import { IconButton } from "~/ui/Button";
import { announce } from "~/ui/announce";
import { allowSingleKeys, listenToKeys, useKeys } from "~/ui/keys";
import { HelpIcon, MoonIcon, SunIcon, SystemIcon } from "~/ui/icons";
import { type Theme, useTheme } from "~/ui/theme";
import { queries } from "~/wire/queries";

// Sheets are large, and most people never ask for this one.
const KeySheet = lazy(() => import("./KeySheet").then((found) => ({ default: found.KeySheet })));

export function Shell() {
  const matches = useMatchRoute();
  const signingIn = Boolean(matches({ to: "/sign-in" }));
  // The room has a bar of its own, with the clock in it, and every line of the window to itself.
  const inRoom = Boolean(matches({ to: "/interviews/$id" }));
  const [sheet, setSheet] = useState<"not yet" | "open" | "closed">("not yet");
  const openSheet = () => setSheet("open");
  useKeys([{ keys: "?", does: "Show these keys", act: openSheet }]);
  useEffect(listenToKeys, []);
  useFocusOnArrival();
  return (
    <>
      <a
        href="#main"
        className="absolute -top-20 left-2 z-50 rounded-m bg-accent px-4 py-2 text-on-accent focus:top-2"
      >
        Skip to the page
      </a>
      {!inRoom && <Bar signedIn={!signingIn} openKeys={openSheet} />}
      <main id="main" tabIndex={-1} className="outline-none">
        <Outlet />
      </main>
      {sheet !== "not yet" && (
        <Suspense>
          <KeySheet shown={sheet === "open"} onOpenChange={(open) => setSheet(open ? "open" : "closed")} />
        </Suspense>
      )}
    </>
  );
}

const PLACE =
  "inline-flex min-h-11 items-center rounded-m px-1.5 text-[0.9375rem] font-medium sm:px-3 sm:text-base text-soft no-underline hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-accent aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-8";

function Bar({ signedIn, openKeys }: { signedIn: boolean; openKeys: () => void }) {
  return (
    <header className="no-print border-b border-line bg-panel">
      <div className="mx-auto flex min-h-14 max-w-[90rem] flex-wrap items-center gap-x-6 px-4 py-1 sm:px-8">
        <Link to="/" className="font-serif text-xl no-underline">
          Interviewer
        </Link>
        {signedIn && <Places />}
        <div className="ml-auto flex items-center">
          <ThemeButton />
          <IconButton label="Keys" onClick={openKeys}>
            <HelpIcon />
          </IconButton>
        </div>
      </div>
    </header>
  );
}

function Places() {
  const me = useQuery(queries.me());
  const preferences = useQuery(queries.preferences());
  useEffect(() => {
    if (preferences.data) allowSingleKeys(preferences.data.single_keys);
  }, [preferences.data]);
  const coaches = me.data?.person.roles.some((role) => role === "coach" || role === "admin") ?? false;
  return (
    <nav aria-label="Places" className="order-last -ml-1.5 flex w-full flex-wrap sm:order-none sm:-ml-3 sm:w-auto">
      <Link to="/" className={PLACE} activeOptions={{ exact: true }}>
        Practise
      </Link>
      <Link to="/interviews" className={PLACE}>
        Interviews
      </Link>
      {coaches && (
        <Link to="/coach" className={PLACE}>
          Coach
        </Link>
      )}
      <Link to="/mine" className={PLACE}>
        Mine
      </Link>
      <Link to="/settings" className={PLACE}>
        Settings
      </Link>
    </nav>
  );
}

const THEMES: Record<Theme, { words: string; next: Theme; icon: ReactNode }> = {
  system: { words: "as the system", next: "light", icon: <SystemIcon /> },
  light: { words: "light", next: "dark", icon: <SunIcon /> },
  dark: { words: "dark", next: "system", icon: <MoonIcon /> },
};

function ThemeButton() {
  const { chosen, choose } = useTheme();
  const { words, next, icon } = THEMES[chosen];
  return (
    <IconButton
      label={`Theme: ${words}`}
      onClick={() => {
        choose(next);
        announce(`Theme: ${THEMES[next].words}`);
      }}
    >
      {icon}
    </IconButton>
  );
}

/** After a change of page the focus goes to its beginning, as it would after a load; not on the first one. */
function useFocusOnArrival(): void {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== undefined && before.current !== path) document.getElementById("main")?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);
}
