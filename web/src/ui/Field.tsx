import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";

import { classes } from "./classes";

const BOX =
  "w-full rounded-m border border-strong bg-raised px-3 text-base text-ink placeholder:text-faint hover:border-ink aria-invalid:border-bad disabled:opacity-60";

/** What a control must be given so that its label, hint and error are said with it. */
export type Bound = { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean };

export type FieldProps = {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  children: (bound: Bound) => ReactNode;
};

/** A labelled control: `<Field label="Name">{(bound) => <TextInput {...bound} />}</Field>`. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {hint && (
        <div id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </div>
      )}
      {children({ id, ...(told ? { "aria-describedby": told } : {}), ...(error ? { "aria-invalid": true } : {}) })}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

export function TextInput({ className, ...rest }: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return <input type="text" {...rest} className={classes(BOX, "min-h-11", className)} />;
}

export function TextArea({
  className,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return <textarea rows={4} {...rest} className={classes(BOX, "py-2.5 leading-normal", className)} />;
}

/** The browser's own list: it works everywhere, on phones best of all. */
export function Select({ className, ...rest }: SelectHTMLAttributes<HTMLSelectElement> & { ref?: Ref<HTMLSelectElement> }) {
  return <select {...rest} className={classes(BOX, "min-h-11 pr-8", className)} />;
}

export type Option<Value extends string> = { value: Value; label: string; hint?: string; disabled?: boolean };
export type ChoiceProps<Value extends string> = {
  label: string;
  /** The label is for screen readers only. */
  labelHidden?: boolean;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly Option<Value>[];
};

/** A few choices side by side, one of which holds; arrows move between them. The hint of the chosen one is shown. */
export function Choice<Value extends string>({ label, labelHidden = false, value, onChange, options }: ChoiceProps<Value>) {
  const id = useId();
  const hint = options.find((option) => option.value === value)?.hint;
  return (
    <div className="flex flex-col gap-1.5">
      <span id={id} className={labelHidden ? "sr-only" : "font-medium"}>
        {label}
      </span>
      <div
        role="radiogroup"
        aria-labelledby={id}
        className="flex flex-wrap gap-1 self-start rounded-m border border-line bg-sunken p-1"
      >
        {options.map((option) => (
          <label
            key={option.value}
            className="relative inline-flex min-h-9 items-center rounded-small px-3.5 font-medium text-soft hover:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-card has-checked:ring-1 has-checked:ring-strong has-disabled:opacity-50 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled ?? false}
              onChange={() => onChange(option.value)}
              className="absolute inset-0 cursor-pointer appearance-none outline-none"
            />
            {option.label}
          </label>
        ))}
      </div>
      {hint && <p className="text-sm text-soft">{hint}</p>}
    </div>
  );
}

export type SwitchProps = { label: string; hint?: string; checked: boolean; onChange: (checked: boolean) => void };

/** Something that is on or off, and takes effect at once. */
export function Switch({ label, hint, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 h-6 w-11 shrink-0 cursor-pointer appearance-none rounded-full border border-strong bg-sunken p-[0.1875rem] transition-colors before:block before:size-4 before:rounded-full before:bg-strong before:transition-transform checked:border-accent checked:bg-accent checked:before:translate-x-5 checked:before:bg-on-accent"
      />
      <div>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-soft">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
