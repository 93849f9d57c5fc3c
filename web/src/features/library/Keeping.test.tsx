import { render } from "@testing-library/react";
import { expect, test } from "vitest";

import type { Body } from "~/wire/types";

import { Keeping } from "./Keeping";

const ME = { data_folder: "/data", coaches: ["Mara"] };
const shown = (interviewer: string) => {
  const me = { ...ME, interviewer } as unknown as Body<"Me">; // no other part of it is read
  return render(<Keeping me={me} />).container.textContent;
};

test("what is promised of the offline interviewer holds too where a model is switched on in the midst of it", () => {
  const words = shown("offline");
  expect(words).toContain("Nothing you say leaves the machine that it runs on, unless a model is switched on meanwhile");
  expect(words).toContain("that one is sent the whole interview");
});

test("a model is named, and it is said that the words go to it", () => {
  expect(shown("gpt-5-mini")).toContain("The interviewer is gpt-5-mini. What you say is sent to it.");
});
