import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";

import { classes } from "./classes";
import { CheckIcon } from "./icons";

export type MenuItem = {
  label: string;
  onSelect: () => void;
  /** Keys that do the same, as the `?` sheet writes them. */
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** For choices: the one that holds is marked. */
  chosen?: boolean;
};

/** A menu under its trigger, which must be one button; "line" draws a rule between groups. */
export function Menu({ label, trigger, items }: { label: string; trigger: ReactElement; items: readonly (MenuItem | "line")[] }) {
  return (
    // A modal menu that opens a sheet would leave the page deaf to the pointer once the sheet is closed.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={label}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-48 rounded-m border border-line bg-raised p-1.5 shadow-float motion-safe:animate-appear"
        >
          {items.map((item, index) =>
            item === "line" ? (
              // Rules have no name of their own; their place among the items is one.
              <DropdownMenu.Separator key={`line-${index}`} className="my-1.5 h-px bg-line" />
            ) : (
              <Item key={item.label} item={item} />
            ),
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const ITEM =
  "flex min-h-10 cursor-pointer items-center gap-3 rounded-small px-3 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-sunken";

function Item({ item }: { item: MenuItem }) {
  const shared = {
    disabled: item.disabled ?? false,
    onSelect: item.onSelect,
    className: classes(ITEM, item.danger && "text-bad"),
  };
  const words = (
    <>
      <span className="grow">{item.label}</span>
      {item.keys && <kbd className="font-mono text-sm text-faint">{item.keys}</kbd>}
    </>
  );
  if (item.chosen === undefined) return <DropdownMenu.Item {...shared}>{words}</DropdownMenu.Item>;
  return (
    <DropdownMenu.CheckboxItem {...shared} checked={item.chosen}>
      {words}
      <span className="size-5 text-accent">{item.chosen && <CheckIcon />}</span>
    </DropdownMenu.CheckboxItem>
  );
}
