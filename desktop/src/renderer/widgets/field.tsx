import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';

interface Frame {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

export function TextField({
  label,
  hint,
  error,
  ref,
  ...rest
}: Frame & InputHTMLAttributes<HTMLInputElement> & { readonly ref?: Ref<HTMLInputElement> }) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <input
        ref={ref}
        id={id}
        className="input"
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-more`}
        autoComplete="off"
        spellCheck={false}
        {...rest}
      />
    </FieldFrame>
  );
}

export function TextArea({
  label,
  hint,
  error,
  ...rest
}: Frame & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <textarea id={id} className="textarea" aria-describedby={`${id}-more`} {...rest} />
    </FieldFrame>
  );
}

export function SelectField({
  label,
  hint,
  error,
  children,
  ...rest
}: Frame & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <select id={id} className="select" aria-describedby={`${id}-more`} {...rest}>
        {children}
      </select>
    </FieldFrame>
  );
}

function FieldFrame({
  id,
  label,
  hint,
  error,
  children,
}: Frame & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      <span id={`${id}-more`} className={error === undefined ? 'field-hint' : 'field-error'}>
        {error ?? hint ?? ''}
      </span>
    </div>
  );
}
