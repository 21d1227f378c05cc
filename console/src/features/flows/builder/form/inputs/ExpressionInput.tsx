import { AutoComplete } from "antd";
import { useOrigin, useVariables } from "../useVariables";
import { canBeSet, completed, lastWord } from "../variables";
import { Offered } from "./TemplateInput";
import { asText, type InputProps } from "./types";

/** An expression without braces: the word that one is writing is completed to a variable. */
export function ExpressionInput({ id, value, isDisabled, onChange }: InputProps) {
  const { known } = useVariables();
  const origin = useOrigin();
  const text = asText(value);
  const word = lastWord(text).toLowerCase();
  const found = known.filter((one) => one.name.toLowerCase().includes(word) && one.name !== lastWord(text));
  return (
    <AutoComplete
      id={id}
      style={{ width: "100%" }}
      disabled={isDisabled}
      value={text}
      options={found.map((one) => ({ value: completed(text, one.name), label: <Offered name={one.name} from={origin(one)} /> }))}
      onChange={onChange}
    />
  );
}

/** The name of a variable to be set: one that there is, or a new one. */
export function VariableInput({ id, value, isDisabled, onChange }: InputProps) {
  const { known } = useVariables();
  const origin = useOrigin();
  const text = asText(value);
  const found = known.filter((one) => canBeSet(one.name) && one.name.includes(text) && one.name !== text);
  return (
    <AutoComplete
      id={id}
      style={{ width: "100%" }}
      disabled={isDisabled}
      placeholder="session.name"
      value={text}
      options={found.map((one) => ({ value: one.name, label: <Offered name={one.name} from={origin(one)} /> }))}
      onChange={onChange}
    />
  );
}
