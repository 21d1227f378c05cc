import { Form, Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { exitTitle } from "./inWords";
import { DEFAULT_EXIT } from "./serialize";
import { useBuilder } from "./store";
import { useNames } from "./useNames";

const NONE: readonly string[] = [];

/** Where each exit of a node leads: what one draws with the mouse, for the keyboard and the screen reader. */
export function Ways({ id, mayDraw }: { id: string; mayDraw: boolean }) {
  const { t } = useTranslation();
  const exits = useBuilder((state) => state.marks.exits[id] ?? NONE);
  const edges = useBuilder((state) => state.edges);
  const config = useBuilder((state) => state.nodes.find((node) => node.id === id)?.data.config);
  const connect = useBuilder((state) => state.connect);
  const disconnect = useBuilder((state) => state.disconnect);
  const names = useNames();
  const goals = useMemo(() => [...names].filter(([node]) => node !== id).map(([value, label]) => ({ value, label })), [names, id]);
  if (exits.length === 0) return null;
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend style={{ fontWeight: 600, marginBottom: 8 }}>{t("builder.ways")}</legend>
      {exits.map((exit) => (
        <Form.Item
          key={exit}
          label={exitTitle(exit, config ?? {}) ?? t(`flows.exits.${exit}`, { defaultValue: exit })}
          htmlFor={`way-${exit}`}
          layout="horizontal"
          labelCol={{ span: 10 }}
          style={{ marginBottom: 6 }}
        >
          <Select
            id={`way-${exit}`}
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            disabled={!mayDraw}
            placeholder={t("builder.noWay")}
            value={edges.find((edge) => edge.source === id && (edge.sourceHandle ?? DEFAULT_EXIT) === exit)?.target}
            options={goals}
            onChange={(target: string | undefined) => (target ? connect({ source: id, sourceHandle: exit, target, targetHandle: null }) : disconnect(id, exit))}
          />
        </Form.Item>
      ))}
    </fieldset>
  );
}
