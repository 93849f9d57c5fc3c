import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import MarkdownBlocks from "./MarkdownBlocks";

test.each(["> ", "- ", "1. ", "> - "])("%j a thousand times over is shown as it was typed", (mark) => {
  const text = `${mark.repeat(1000)}deep`;
  render(<MarkdownBlocks text={text} streaming={false} />);
  expect(screen.getByText(text)).toBeTruthy();
});

test("a quote within a list within a quote is drawn as such", () => {
  const { container } = render(<MarkdownBlocks text={"> - > said"} streaming={false} />);
  expect(container.querySelector("blockquote li blockquote")?.textContent).toContain("said");
});
