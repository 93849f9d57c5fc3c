// Markdown as people and models write it, made safe and quick. It is large, so Markdown.tsx brings it when it is needed.
import { memo, type ReactNode, useMemo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import remend from "remend";

// Pictures would fetch from elsewhere, and tell that elsewhere who reads.
const SCHEMA = { ...defaultSchema, tagNames: (defaultSchema.tagNames ?? []).filter((tag) => tag !== "img") };

const COMPONENTS: Components = {
  a: ({ node: _node, children, ...rest }) => (
    <a {...rest} className="text-accent underline" target="_blank" rel="noreferrer noopener">
      {children}
      {hostBeside(rest.href, children)}
    </a>
  ),
  p: ({ node: _node, ...rest }) => <p {...rest} className="my-2 first:mt-0 last:mb-0" />,
  ul: ({ node: _node, ...rest }) => <ul {...rest} className="my-2 list-disc pl-6" />,
  ol: ({ node: _node, ...rest }) => <ol {...rest} className="my-2 list-decimal pl-6" />,
  code: ({ node: _node, ...rest }) => <code {...rest} className="rounded-small bg-sunken px-1 font-mono text-[0.9em]" />,
  pre: ({ node: _node, ...rest }) => (
    <pre {...rest} className="my-2 overflow-x-auto rounded-m border border-line bg-sunken p-3 text-sm [&_code]:p-0" />
  ),
  blockquote: ({ node: _node, ...rest }) => <blockquote {...rest} className="my-2 border-l-2 border-strong pl-4 text-soft" />,
  table: ({ node: _node, ...rest }) => (
    <div className="my-2 overflow-x-auto">
      <table {...rest} className="border-collapse text-sm" />
    </div>
  ),
  th: ({ node: _node, ...rest }) => <th {...rest} className="border border-line bg-sunken px-2 py-1 text-left" />,
  td: ({ node: _node, ...rest }) => <td {...rest} className="border border-line px-2 py-1" />,
};

/** Where a link leads, where its words do not say so. */
function hostBeside(href: string | undefined, words: ReactNode): string | null {
  const host = href && URL.canParse(href) ? new URL(href).host : "";
  return host && !(typeof words === "string" && words.includes(host)) ? ` (${host})` : null;
}

// Each quote or list within another is a call within a call, and some thousands of them end the page.
const TOO_DEEP = /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])){40}/m;

/** Blocks that are whole do not change while the last one grows, so each is drawn once. */
const Block = memo(function Block({ text }: { text: string }) {
  if (TOO_DEEP.test(text)) return <p className="my-2 break-words whitespace-pre-wrap">{text}</p>;
  return (
    <ReactMarkdown remarkPlugins={[remarkGfm]} rehypePlugins={[[rehypeSanitize, SCHEMA]]} components={COMPONENTS}>
      {text}
    </ReactMarkdown>
  );
});

/** `streaming` closes what is half-typed, such as bold that has only begun. */
export default function MarkdownBlocks({ text, streaming }: { text: string; streaming: boolean }) {
  const blocks = useMemo(() => blocksOf(streaming ? remend(text) : text), [text, streaming]);
  return (
    <>
      {blocks.map((block, index) => (
        // A block's place is its identity: text only grows at its end.
        <Block key={index} text={block} />
      ))}
    </>
  );
}

/** Cut at empty lines outside of fences, lists and tables, so that each piece means the same alone as in its place. */
export function blocksOf(text: string): string[] {
  const blocks: string[] = [];
  let fence: string | null = null;
  let current: string[] = [];
  const lines = text.split("\n");
  lines.forEach((line, index) => {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1] ?? null;
    if (mark) fence = fence === null ? mark : mark.startsWith(fence) ? null : fence;
    const next = lines[index + 1] ?? "";
    const goesOn = /^(\s|[-*+]\s|\d+[.)]\s)/.test(next);
    if (line.trim() === "" && fence === null && !goesOn) {
      if (current.some((kept) => kept.trim())) blocks.push(current.join("\n"));
      current = [];
    } else current.push(line);
  });
  if (current.some((kept) => kept.trim())) blocks.push(current.join("\n"));
  return blocks;
}
