import { Input, InputNumber, Select, Switch } from "antd";
import { useState } from "react";
import { useNodeTexts } from "../../../useNodeTexts";
import { asText, type InputProps } from "./types";

export function LineInput({ id, value, schema, isDisabled, onChange }: InputProps) {
  return <Input id={id} disabled={isDisabled} placeholder={asText(schema.default)} value={asText(value ?? undefined)} onChange={(event) => onChange(event.target.value || undefined)} />;
}

export function TimeInput({ id, value, isDisabled, onChange }: InputProps) {
  return <Input id={id} type="time" disabled={isDisabled} value={asText(value)} onChange={(event) => onChange(event.target.value || undefined)} />;
}

export function CodeInput({ id, value, isDisabled, onChange }: InputProps) {
  return (
    <Input.TextArea
      id={id}
      spellCheck={false}
      style={{ fontFamily: "monospace" }}
      autoSize={{ minRows: 4, maxRows: 20 }}
      disabled={isDisabled}
      value={asText(value)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export function NumberInput({ id, value, schema, isDisabled, onChange }: InputProps) {
  const shown = typeof value === "number" ? value : typeof schema.default === "number" ? schema.default : null;
  return (
    <InputNumber
      id={id}
      style={{ width: "100%" }}
      disabled={isDisabled}
      {...(schema.type === "integer" ? { precision: 0 } : {})}
      value={shown}
      onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
    />
  );
}

export function SwitchInput({ id, value, schema, isDisabled, onChange }: InputProps) {
  return <Switch id={id} disabled={isDisabled} checked={Boolean(value ?? schema.default)} onChange={onChange} />;
}

/** One of a few; where the values have no names of ours they are shown as they are. */
export function ChoiceInput({ id, path, value, schema, isDisabled, onChange }: InputProps) {
  const texts = useNodeTexts();
  const name = path.at(-1) ?? "";
  return (
    <Select
      id={id}
      style={{ width: "100%" }}
      disabled={isDisabled}
      value={value ?? schema.default}
      options={(schema.enum ?? []).map((one) => ({ value: one, label: texts.option(path[0] ?? "", name, String(one)) }))}
      onChange={onChange}
    />
  );
}

/** Words one after the other, as tags. */
export function WordsInput({ id, value, isDisabled, onChange }: InputProps) {
  return (
    <Select
      id={id}
      mode="tags"
      open={false}
      suffixIcon={null}
      style={{ width: "100%" }}
      disabled={isDisabled}
      tokenSeparators={[","]}
      value={Array.isArray(value) ? (value as string[]) : []}
      onChange={onChange}
    />
  );
}

/** Any JSON; what cannot be read yet is kept while one writes and not given on. */
export function JsonInput({ id, value, isDisabled, onChange }: InputProps) {
  const [text, setText] = useState(() => (value === undefined ? "" : JSON.stringify(value, null, 2)));
  const [isBroken, setBroken] = useState(false);
  const take = (next: string) => {
    setText(next);
    try {
      onChange(next.trim() ? JSON.parse(next) : undefined);
      setBroken(false);
    } catch {
      setBroken(true);
    }
  };
  return (
    <Input.TextArea
      id={id}
      spellCheck={false}
      style={{ fontFamily: "monospace" }}
      {...(isBroken ? { status: "error" as const } : {})}
      autoSize={{ minRows: 2, maxRows: 12 }}
      disabled={isDisabled}
      value={text}
      onChange={(event) => take(event.target.value)}
    />
  );
}
