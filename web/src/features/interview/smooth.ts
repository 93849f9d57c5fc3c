// Sentences arrive whole; they are shown word by word at a reader's pace, a little faster the further behind.
// With reduced motion, or once an answer is finished, everything that has come is shown at once.
import { useEffect, useRef, useState } from "react";

const STEP_MS = 50;
const WORDS_A_SECOND = 14;

/** How many characters of `text` to show next, given how many stand: whole words, more where much waits. */
export function nextLength(text: string, standing: number, ms: number): number {
  if (standing >= text.length) return text.length;
  const waiting = text.slice(standing).split(/\s+/).length;
  const words = Math.max(1, Math.round((WORDS_A_SECOND + waiting / 2) * (ms / 1000)));
  const pattern = new RegExp(`^(?:\\s*\\S+){1,${words}}`);
  const step = pattern.exec(text.slice(standing))?.[0].length ?? text.length - standing;
  return standing + step;
}

/** The part of `text` to show now. What stood at first sight (a reload in mid-answer) is shown at once. */
export function useSmoothed(text: string, growing: boolean): string {
  const [length, setLength] = useState(growing ? text.length : -1);
  const began = useRef(growing);
  const still = reducedMotion();
  const whole = length < 0 || !began.current || still || length >= text.length;

  useEffect(() => {
    if (length > text.length) setLength(0);
  }, [length, text.length]);

  useEffect(() => {
    if (whole) return;
    const timer = setInterval(() => setLength((standing) => nextLength(text, standing, STEP_MS)), STEP_MS);
    return () => clearInterval(timer);
  }, [whole, text]);

  return whole ? text : text.slice(0, length);
}

function reducedMotion(): boolean {
  return typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches;
}
