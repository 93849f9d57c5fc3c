import { Fragment } from "react";

import { Dialog } from "~/ui/Dialog";
import { keyNames, useShortcuts } from "~/ui/keys";

/** Every key that does something on the page beneath. */
export function KeySheet({ shown, onOpenChange }: { shown: boolean; onOpenChange: (shown: boolean) => void }) {
  const shortcuts = useShortcuts();
  return (
    <Dialog
      open={shown}
      onOpenChange={onOpenChange}
      title="Keys"
      description="Single letters do nothing while you write. They can be turned off under Mine."
    >
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2">
        {shortcuts.map((shortcut) => (
          <Fragment key={`${shortcut.keys} ${shortcut.does}`}>
            <dt className="flex gap-1">
              {keyNames(shortcut.keys).map((name) => (
                <kbd key={name} className="rounded-small border border-strong/60 bg-sunken px-2 py-0.5 font-mono text-sm">
                  {name}
                </kbd>
              ))}
            </dt>
            <dd>{shortcut.does}</dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  );
}
