import { lazy, Suspense } from "react";

const MarkdownBlocks = lazy(() => import("./MarkdownBlocks"));

/** Markdown, drawn; until its part of the app has come, the words as they were written. `streaming` while they still grow. */
export default function Markdown({ text, streaming = false }: { text: string; streaming?: boolean }) {
  return (
    <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
      <MarkdownBlocks text={text} streaming={streaming} />
    </Suspense>
  );
}
