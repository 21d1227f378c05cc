import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { asLanguage } from "@/lib/i18n";
import { useFlows, useToolNames } from "../../../api";
import { useNodeTexts } from "../../../useNodeTexts";
import { useBuilder, useBuilderStore } from "../../store";
import type { InputProps } from "./types";

interface Choice {
  value: string;
  label: string;
}

function Chosen({ id, value, isDisabled, onChange, choices }: InputProps & { choices: Choice[] }) {
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      style={{ width: "100%" }}
      disabled={isDisabled}
      value={typeof value === "string" && value ? value : undefined}
      options={choices}
      onChange={(next) => onChange(next)}
    />
  );
}

export function FlowInput(props: InputProps) {
  const flows = useFlows().data?.flows ?? [];
  return <Chosen {...props} choices={flows.map((flow) => ({ value: flow.id, label: flow.name }))} />;
}

export function NodeInput(props: InputProps) {
  const store = useBuilderStore();
  const edits = useBuilder((state) => state.edits);
  const texts = useNodeTexts();
  const choices = useMemo(
    () => store.getState().nodes.filter((node) => node.type === "card").map((node) => ({ value: node.id, label: node.data.label || texts.kindTitle(node.data.kind) })),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `edits` says when the nodes mean something else
    [store, edits, texts],
  );
  return <Chosen {...props} choices={choices} />;
}

export function ToolInput(props: InputProps) {
  const { i18n } = useTranslation();
  const tools = useToolNames().data?.tools ?? [];
  const language = asLanguage(i18n.language) ?? "es";
  return <Chosen {...props} choices={tools.map((tool) => ({ value: tool.name, label: `${tool.titles[language] ?? tool.titles.en ?? tool.name} · ${tool.name}` }))} />;
}

/** Days of the week, Monday first. */
export function WeekdaysInput({ id, value, isDisabled, onChange }: InputProps) {
  const { i18n } = useTranslation();
  const names = useMemo(() => {
    const name = new Intl.DateTimeFormat(i18n.language, { weekday: "long", timeZone: "UTC" });
    return [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: day, label: name.format(Date.UTC(2024, 0, day)) }));
  }, [i18n.language]);
  return <Select id={id} mode="multiple" style={{ width: "100%" }} disabled={isDisabled} value={Array.isArray(value) ? (value as number[]) : []} options={names} onChange={onChange} />;
}
