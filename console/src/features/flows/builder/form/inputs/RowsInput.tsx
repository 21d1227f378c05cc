import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Card, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { Fields } from "../Fields";
import type { FieldSchema } from "../schema";
import type { InputProps } from "./types";

type Row = Record<string, unknown>;

/** A list of things with fields of their own, such as options: each is a card that can be moved and removed. */
export function RowsInput({ id, path, schema, root, value, isDisabled, onChange }: InputProps) {
  const { t } = useTranslation();
  const rows = Array.isArray(value) ? (value as Row[]) : [];
  const put = (place: number, row: Row) => onChange(rows.map((one, at) => (at === place ? row : one)));
  return (
    <Flex vertical gap={8} id={id}>
      {rows.map((row, place) => (
        <Card key={place} size="small" styles={{ body: { padding: 8 } }}>
          <Flex justify="space-between" align="center" style={{ marginBottom: 4 }}>
            <strong>{place + 1}</strong>
            <span>
              <Small title={t("builder.up")} icon={<ArrowUpOutlined />} isOff={isDisabled || place === 0} onClick={() => onChange(swapped(rows, place - 1))} />
              <Small title={t("builder.down")} icon={<ArrowDownOutlined />} isOff={isDisabled || place === rows.length - 1} onClick={() => onChange(swapped(rows, place))} />
              <Small title={t("builder.remove")} icon={<DeleteOutlined />} isOff={isDisabled} onClick={() => onChange(rows.filter((_, at) => at !== place))} />
            </span>
          </Flex>
          <Fields id={`${id}-${place}`} path={path} schema={schema.items ?? {}} root={root} value={row} isDisabled={isDisabled} onChange={(next) => put(place, next)} />
        </Card>
      ))}
      <Button type="dashed" icon={<PlusOutlined />} disabled={isDisabled} onClick={() => onChange([...rows, newRow(schema.items ?? {}, rows)])}>
        {t("builder.addRow")}
      </Button>
    </Flex>
  );
}

function Small({ title, icon, isOff, onClick }: { title: string; icon: React.ReactNode; isOff: boolean; onClick: () => void }) {
  return <Button type="text" size="small" title={title} aria-label={title} icon={icon} disabled={isOff} onClick={onClick} />;
}

/** An id that no other row has, where rows have ids: edges hang on it. */
export function newRow(items: FieldSchema, rows: readonly Row[]): Row {
  if (!items.properties?.["id"]) return {};
  const taken = new Set(rows.map((row) => row["id"]));
  let number = rows.length + 1;
  while (taken.has(`option_${number}`)) number += 1;
  return { id: `option_${number}` };
}

export function swapped(rows: readonly Row[], place: number): Row[] {
  const [one, other] = [rows[place], rows[place + 1]];
  if (!one || !other) return [...rows];
  return [...rows.slice(0, place), other, one, ...rows.slice(place + 2)];
}
