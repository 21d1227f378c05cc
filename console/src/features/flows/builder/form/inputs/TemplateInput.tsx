import { Flex, Mentions } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useOrigin, useVariables } from "../useVariables";
import { asText, type InputProps } from "./types";
import { VariableButton } from "./VariableButton";

/** A text with variables in it: `{{` or the button offers those that there are. */
export function TemplateInput({ id, value, isDisabled, onChange, hasSecrets = false }: InputProps & { hasSecrets?: boolean }) {
  const { t } = useTranslation();
  const { known, secrets } = useVariables();
  const origin = useOrigin();
  const cursor = useRef<number | undefined>(undefined);
  const text = asText(value);
  const offered = hasSecrets ? [...secrets, ...known] : known;
  const insert = (name: string) => {
    const at = cursor.current ?? text.length;
    onChange(`${text.slice(0, at)}{{ ${name} }}${text.slice(at)}`);
  };
  const keepCursor = (event: React.SyntheticEvent<HTMLElement>) => {
    if (event.target instanceof HTMLTextAreaElement) cursor.current = event.target.selectionStart;
  };
  return (
    <Flex gap={4} align="start" onKeyUp={keepCursor} onClick={keepCursor} onBlur={keepCursor}>
      <Mentions
        id={id}
        style={{ flex: 1 }}
        autoSize={{ minRows: 1, maxRows: 10 }}
        disabled={isDisabled}
        prefix="{{"
        split=""
        validateSearch={(sought) => !sought.includes("}") && sought.length < 60}
        filterOption={(sought, option) => (option?.value ?? "").toLowerCase().includes(sought.trim().toLowerCase())}
        notFoundContent={t("builder.noVariable")}
        options={offered.map((one) => ({ value: ` ${one.name} }}`, label: <Offered name={one.name} from={origin(one)} /> }))}
        value={text}
        onChange={onChange}
      />
      <VariableButton known={offered} isDisabled={isDisabled} onChoose={insert} />
    </Flex>
  );
}

export function Offered({ name, from }: { name: string; from: string }) {
  return (
    <Flex justify="space-between" gap={12}>
      <code>{name}</code>
      <span style={{ opacity: 0.75, fontSize: 12 }}>{from}</span>
    </Flex>
  );
}
