import { useState } from "react";

import { announce } from "./announce";
import { Button, type ButtonSize } from "./Button";
import { CheckIcon, CopyIcon } from "./icons";

export type CopyButtonProps = {
  /** The words, or the way to get them. */
  text: string | (() => string | Promise<string>);
  label?: string;
  size?: ButtonSize;
};

/** Copies words to the clipboard and says so. */
export function CopyButton({ text, label = "Copy", size = "s" }: CopyButtonProps) {
  const [done, setDone] = useState<"no" | "yes" | "failed">("no");
  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof text === "string" ? text : await text());
      setDone("yes");
      announce("Copied");
    } catch {
      setDone("failed");
      announce("Copying was not allowed");
    }
    setTimeout(() => setDone("no"), 2000);
  }
  return (
    <Button kind="quiet" size={size} onClick={() => void copy()}>
      {done === "yes" ? <CheckIcon /> : <CopyIcon />}
      {done === "yes" ? "Copied" : done === "failed" ? "Not allowed" : label}
    </Button>
  );
}
